using Bookinfo.Reviews;

await ReviewsProgram.Build(WebApplication.CreateSlimBuilder(args)).RunAsync();
