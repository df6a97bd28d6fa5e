using Bookinfo.Details;
using Bookinfo.ServiceDefaults;

return await ServiceProcess.RunAsync(args, DetailsProgram.Build);
