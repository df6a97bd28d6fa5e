using Bookinfo.ProductPage;

await ProductPageProgram.Build(WebApplication.CreateSlimBuilder(args)).RunAsync();
