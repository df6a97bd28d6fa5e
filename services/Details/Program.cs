using Bookinfo.ServiceDefaults;
using Bookinfo.Details;

return await ServiceProcess.RunAsync(args, DetailsProgram.Build);
