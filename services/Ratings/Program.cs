using Bookinfo.ServiceDefaults;
using Bookinfo.Ratings;

return await ServiceProcess.RunAsync(args, RatingsProgram.Build);
