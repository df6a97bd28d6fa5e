using Bookinfo.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.ServiceDefaults.Faults;

internal static class FaultSwitchExtensions
{
    public static void AddFaultSwitch(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.Flag("FAULT_SWITCH"))
        {
            builder.Services.AddSingleton<FaultSwitch>();
        }
    }

    public static void UseFaultSwitch(this WebApplication app)
    {
        if (app.Services.GetService<FaultSwitch>() is not { } faults)
        {
            return;
        }

        app.Use(next => context =>
        {
            var path = context.Request.Path;
            return path.StartsWithSegments(ProbeEndpoints.Prefix) || path.StartsWithSegments(FaultSwitch.Path) ? next(context) : faults.ApplyAsync(context, next);
        });
        app.MapGet(FaultSwitch.Path, faults.ShowAsync);
        app.MapPut(FaultSwitch.Path, faults.BreakAsync);
        app.MapDelete(FaultSwitch.Path, faults.HealAsync);
    }
}
