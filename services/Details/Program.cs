using Bookinfo.Details;

await DetailsProgram.Build(WebApplication.CreateSlimBuilder(args)).RunAsync();
