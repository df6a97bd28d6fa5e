using Bookinfo.Reviews;
using Bookinfo.ServiceDefaults;

return await ServiceProcess.RunAsync(args, ReviewsProgram.Build);
