using Bookinfo.AppHost;
using Bookinfo.AppHost.Commands;
using Bookinfo.Topology;

var builder = DistributedApplication.CreateBuilder(args);
var pods = Pod.Plan(BookinfoSystem.Topology, builder.Configuration);

var mesh = builder.AddMesh(pods).WithResetCommand();
var database = builder.AddRatingsDatabase();
var services = builder.AddServices(pods);

foreach (var pod in pods)
{
    builder.AddPod(pod)
        .WithDatabase(pod, database)
        .JoinMesh(mesh, pod)
        .ShowUnder(services, pod)
        .WithTrafficCommands(mesh, pod, pods);
}

builder.Build().Run();
