using Bookinfo.Ratings;

await RatingsProgram.Build(WebApplication.CreateSlimBuilder(args)).RunAsync();
