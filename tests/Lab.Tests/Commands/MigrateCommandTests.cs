using System.Text.Json;
using Bookinfo.Mesh.Lab.Errors;

namespace Bookinfo.Tests.Lab.Commands;

public sealed class MigrateCommandTests : CommandTest
{
    /// <summary>The catalog's twin is for calls inside the mesh only; the lesson is bound to the gateway too.</summary>
    public static TheoryData<string> WholeTwins() => [.. Twins().Select(row => row.Data).Where(lesson => lesson != "catalog-90-10")];

    public static TheoryData<string> Twins() => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "rules", "gateway-api"))
        .Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(WholeTwins))]
    public async Task Migrate_LessonOfTheDemo_RoutesAsItsTwin(string lesson)
    {
        await RunAsync("migrate", Demo(lesson), "--path-prefix", "--output", Folder.FullName);

        Assert.Equal(ExitCodes.Ok, await RunAsync("diff", Demo($"gateway-api/{lesson}"), Path.Combine(Folder.FullName, "migrated.yaml")));
    }

    [Theory]
    [MemberData(nameof(Twins))]
    public async Task Migrate_LessonOfTheDemo_IsEquivalent(string lesson)
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("migrate", Demo(lesson)));
        Assert.EndsWith("Equivalent: every request goes by the new rules as by the old ones.", Error.ToString().TrimEnd(),
            StringComparison.Ordinal);

        // What is on standard output is rules again.
        Assert.Equal(ExitCodes.Ok, await RunAsync("check", Write("migrated.yaml", Output.ToString())));
    }

    [Fact]
    public async Task Migrate_Fault_IsListedWithItsPlaceAndShownByARequest()
    {
        Assert.Equal(ExitCodes.Failed, await RunAsync("migrate", Demo("ratings-delay")));

        Assert.Matches("ratings-delay.yaml:[0-9]+: lost: VirtualService/ratings spec.http\\[0\\].fault: ", Error.ToString());
        Assert.Contains("GET http://ratings/ -H \"end-user: jason\"", Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_RetriesByTheExperimentalChannel_ComeOver()
    {
        var rules = Write("retries.yaml", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - retries: {attempts: 3, perTryTimeout: 1s}
                route: [{destination: {host: reviews}}]
            """);

        Assert.Equal(ExitCodes.Ok, await RunAsync("migrate", rules, "--gateway-api", "experimental"));
        var written = Write("migrated.yaml", Output.ToString());
        Assert.Equal(ExitCodes.Ok, await RunAsync("check", written, "--gateway-api", "experimental"));
        Assert.Equal(ExitCodes.Failed, await RunAsync("check", written));
    }

    [Theory]
    [InlineData("markdown", "## Migration to the Gateway API")]
    [InlineData("json", "{")]
    public async Task Migrate_Report_IsAsAskedFor(string format, string start)
    {
        await RunAsync("migrate", Demo("reviews-90-10"), "--output", Folder.FullName, "--report", format);

        Assert.StartsWith(start, Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["migrated.yaml", "services.yaml"], Folder.EnumerateFiles().Select(file => file.Name).Order());
        if (format == "json")
        {
            var report = JsonDocument.Parse(Output.ToString()).RootElement;
            Assert.True(report.GetProperty("isComplete").GetBoolean());
            Assert.Equal("HTTPRoute/reviews", report.GetProperty("written")[0].GetString());
        }
    }

    [Fact]
    public async Task Migrate_ServiceOfTheUser_GivesItsSelectorToThoseOfSubsets()
    {
        var file = Write("orders.yaml", """
            apiVersion: v1
            kind: Service
            metadata: {name: orders}
            spec:
              selector: {component: orders}
              ports: [{port: 8080}]
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: orders}
            spec:
              host: orders
              subsets: [{name: stable, labels: {track: stable}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: orders}
            spec:
              hosts: [orders]
              http:
              - route: [{destination: {host: orders, subset: stable}}]
            """);

        Assert.Equal(ExitCodes.Ok, await RunAsync("migrate", file, "--no-base"));
        Assert.Contains("selector:\n    component: orders\n    track: stable", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_Ingress_IsARouteAndItsAnnotationsAreListed()
    {
        var file = Write("ingress.yaml", """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: page
              annotations:
                nginx.ingress.kubernetes.io/limit-rps: "5"
            spec:
              ingressClassName: nginx
              rules:
              - host: page.example
                http:
                  paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: productpage, port: {number: 9080}}}}
            """);

        Assert.Equal(ExitCodes.Failed, await RunAsync("migrate", file));
        Assert.Contains("- page.example", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{file}:6: lost: Ingress/page metadata.annotations[\"nginx.ingress.kubernetes.io/limit-rps\"]: there is no limit",
            Error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("Equivalent: every request goes by the new rules as by the old ones.", Error.ToString().TrimEnd(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_FileThatIsNotThere_IsOneSentence()
    {
        Assert.Equal(ExitCodes.Usage, await RunAsync("migrate", "/no/such/rules"));
        Assert.Contains("/no/such/rules", Assert.Single(Error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
