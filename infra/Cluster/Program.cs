using Bookinfo.Cluster;
using Bookinfo.Cluster.Rendering;
using Bookinfo.Cluster.Settings;
using Pulumi;

// Pulumi starts the program without arguments; people start it with "render".
return args.Length > 0
    ? await RenderCommand.RunAsync(args)
    : await Deployment.RunAsync(() =>
    {
        try
        {
            return BookinfoCluster.Deploy(StackConfiguration.OfPulumi(Environment.GetEnvironmentVariable));
        }
        catch (SettingsException problem)
        {
            // The one exception that Pulumi shows without a stack trace.
            throw new RunException(problem.Message, problem);
        }
    });
