using Bookinfo.AppHost;
using Bookinfo.AppHost.Commands;
using Bookinfo.Topology;

var builder = DistributedApplication.CreateBuilder(args);

var pods = PodPlan.Make(BookinfoSystem.Topology, builder.Configuration);
var mesh = builder.AddMesh(pods);
var database = builder.AddRatingsDatabase();

foreach (var pod in pods)
{
    builder.AddPod(pod)
        .WithDatabase(pod, database)
        .JoinMesh(mesh, pod)
        .WithTrafficCommands(mesh, pod);
}

builder.WaitInOrderOfCalls(mesh, pods);
builder.Build().Run();
