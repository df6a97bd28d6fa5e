using Bookinfo.ProductPage;
using Bookinfo.ServiceDefaults;

return await ServiceProcess.RunAsync(args, ProductPageProgram.Build);
