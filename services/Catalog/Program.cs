using Bookinfo.Catalog;
using Bookinfo.ServiceDefaults;

return await ServiceProcess.RunAsync(args, CatalogProgram.Build);
