using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Http;
using Microsoft.Extensions.Options;

namespace Bookinfo.Reviews;

/// <summary>The reviews service: what readers wrote of a book, with stars from release v2 on.</summary>
public static class ReviewsProgram
{
    /// <summary>Runs the service as a process of its own.</summary>
    /// <param name="args">Settings as <c>--KEY=value</c>, over those of the environment.</param>
    public static Task<int> Main(string[] args) => ServiceProcess.RunAsync(args, Build);

    /// <summary>Builds the service, for its own process and for the Lab, which runs all services in one.</summary>
    /// <param name="builder">A builder whose configuration holds the release's settings.</param>
    /// <exception cref="SettingException">A setting has a wrong value.</exception>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("reviews");
        builder.AddSettings<ReviewsOptions>((options, settings) => options.Read(settings));
        if (builder.Configuration.Flag(ReviewsOptions.RatingsKey))
        {
            builder.AddUpstream("ratings", services => services.GetRequiredService<IOptions<ReviewsOptions>>().Value.RatingsTimeout,
                PropagatedHeaders.WithEndUser);
            builder.Services.AddSingleton<RatingsClient>();
        }

        builder.Services.AddOpenApi();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ReviewsJson.Default));

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapOpenApi();
        app.MapReviewsApi();
        return app;
    }
}
