using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bookinfo.ServiceDefaults;

/// <summary>Runs a service as a process of its own.</summary>
public static class ServiceProcess
{
    /// <summary>
    /// Builds and runs the service until SIGTERM or Ctrl+C. A wrong setting is one sentence on standard error, not a stack trace.
    /// </summary>
    /// <param name="args">The command line: settings as <c>--KEY=value</c>, over those of the environment.</param>
    /// <param name="build">The service's composition.</param>
    /// <returns>The process's exit code: 0, or 1 where it could not start.</returns>
    public static async Task<int> RunAsync(string[] args, Func<WebApplicationBuilder, WebApplication> build)
    {
        try
        {
            await using var app = build(WebApplication.CreateSlimBuilder(args));

            // The host validates as well, but logs what it finds with a stack trace.
            app.Services.GetService<IStartupValidator>()?.Validate();
            await app.RunAsync();
            return 0;
        }
        catch (Exception problem) when (problem is SettingException or IOException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }
}
