using System.Reflection;
using Bookinfo.Topology;
using Microsoft.AspNetCore.Builder;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>
/// The programs of the services. The Lab references every project in <c>services/</c>, and finds a service's program by its name: the
/// service with the project
/// <c>Reviews</c> has, in the assembly <c>Bookinfo.Reviews</c>, a class <c>ReviewsProgram</c> with <c>static WebApplication
/// Build(WebApplicationBuilder)</c>.
/// </summary>
internal static class ServicePrograms
{
    /// <summary>Finds the program of a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>What builds the service from a builder whose configuration holds the pod's settings.</returns>
    /// <exception cref="NotSupportedException">There is no such program; the message says what is missing.</exception>
    public static Func<WebApplicationBuilder, WebApplication> Find(BookService service)
    {
        var name = $"Bookinfo.{service.Project}.{service.Project}Program";
        try
        {
            var build = Assembly.Load($"Bookinfo.{service.Project}").GetType(name)?
                .GetMethod("Build", BindingFlags.Public | BindingFlags.Static, [typeof(WebApplicationBuilder)]);
            return build?.ReturnType == typeof(WebApplication)
                ? build.CreateDelegate<Func<WebApplicationBuilder, WebApplication>>()
                : throw new NotSupportedException(
                    $"services/{service.Project} has no public class {name} with 'public static WebApplication "
                    + "Build(WebApplicationBuilder builder)'.");
        }
        catch (FileNotFoundException e)
        {
            throw new NotSupportedException(
                $"The service {service.Name} has no program: add services/{service.Project}/{service.Project}.csproj with the assembly "
                + $"name {e.FileName?.Split(',')[0]}.", e);
        }
    }
}
