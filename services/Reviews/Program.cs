using Bookinfo.ServiceDefaults;
using Bookinfo.Reviews;

return await ServiceProcess.RunAsync(args, ReviewsProgram.Build);
