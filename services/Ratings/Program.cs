using Bookinfo.Ratings;
using Bookinfo.ServiceDefaults;

return await ServiceProcess.RunAsync(args, RatingsProgram.Build);
