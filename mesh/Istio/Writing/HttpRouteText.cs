using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes what a route does with a request.</summary>
internal sealed class HttpRouteText(YamlWriter yaml)
{
    public void Write(HttpRoute route)
    {
        yaml.Object("redirect", route.Redirect, Redirect);
        yaml.Object("directResponse", route.DirectResponse, Response);
        yaml.Object("fault", route.Fault, Fault);
        yaml.Object("rewrite", route.Rewrite, Rewrite);
        yaml.Objects("route", route.Route, Weighted);
        yaml.Duration("timeout", route.Timeout);
        yaml.Object("retries", route.Retries, Retries);
        yaml.Object("mirror", route.Mirror, Destination);
        yaml.Percent("mirrorPercentage", route.MirrorPercentage);
        yaml.Objects("mirrors", route.Mirrors, Mirror);
        yaml.Object("corsPolicy", route.CorsPolicy, Cors);
        yaml.Object("headers", route.Headers, Headers);
    }

    private void Redirect(HttpRedirect redirect)
    {
        yaml.Text("scheme", redirect.Scheme);
        yaml.Text("authority", redirect.Authority);
        yaml.Number("port", redirect.Port);
        yaml.Name("derivePort", redirect.DerivePort, EnumNames.RedirectPortSelection);
        yaml.Text("uri", redirect.Uri);
        yaml.Text("prefixRewrite", redirect.PrefixRewrite);
        yaml.Number("redirectCode", redirect.RedirectCode);
    }

    private void Response(HttpDirectResponse response)
    {
        yaml.Number("status", response.Status);
        yaml.Object("body", response.Body, body =>
        {
            yaml.Text("string", body.String);
            yaml.Text("bytes", body.Bytes is null ? null : Convert.ToBase64String([.. body.Bytes]));
        });
    }

    private void Fault(HttpFaultInjection fault)
    {
        yaml.Object("delay", fault.Delay, delay =>
        {
            yaml.Percent("percentage", delay.Percentage);
            yaml.Duration("fixedDelay", delay.FixedDelay == TimeSpan.Zero ? null : delay.FixedDelay);
        });
        yaml.Object("abort", fault.Abort, abort =>
        {
            yaml.Percent("percentage", abort.Percentage);
            yaml.Number("httpStatus", abort.HttpStatus);
            yaml.Text("grpcStatus", abort.GrpcStatus);
        });
    }

    private void Rewrite(HttpRewrite rewrite)
    {
        yaml.Text("uri", rewrite.Uri);
        yaml.Text("authority", rewrite.Authority);
        yaml.Object("uriRegexRewrite", rewrite.UriRegexRewrite, regex =>
        {
            yaml.Text("match", regex.Match);
            yaml.Text("rewrite", regex.Rewrite);
        });
    }

    private void Weighted(HttpRouteDestination route)
    {
        yaml.Object("destination", route.Destination, Destination);
        yaml.Number("weight", route.Weight == 0 ? null : route.Weight);
        yaml.Object("headers", route.Headers, Headers);
    }

    private void Destination(Destination destination)
    {
        yaml.Text("host", destination.Host);
        yaml.Text("subset", destination.Subset);
        yaml.Port("port", destination.Port);
    }

    private void Retries(HttpRetry retry)
    {
        yaml.Number("attempts", retry.Attempts);
        yaml.Duration("perTryTimeout", retry.PerTryTimeout);
        yaml.Text("retryOn", retry.RetryOn);
        yaml.Duration("backoff", retry.Backoff);
        yaml.Boolean("retryIgnorePreviousHosts", retry.RetryIgnorePreviousHosts);
    }

    private void Mirror(HttpMirrorPolicy mirror)
    {
        yaml.Object("destination", mirror.Destination, Destination);
        yaml.Percent("percentage", mirror.Percentage);
    }

    private void Cors(CorsPolicy cors)
    {
        yaml.Objects("allowOrigins", cors.AllowOrigins, origin => VirtualServiceText.WriteText(yaml, origin));
        yaml.Texts("allowMethods", cors.AllowMethods);
        yaml.Texts("allowHeaders", cors.AllowHeaders);
        yaml.Texts("exposeHeaders", cors.ExposeHeaders);
        yaml.Duration("maxAge", cors.MaxAge);
        yaml.Boolean("allowCredentials", cors.AllowCredentials);
        yaml.Name("unmatchedPreflights", cors.UnmatchedPreflights, EnumNames.UnmatchedPreflights);
    }

    private void Headers(Headers headers)
    {
        yaml.Object("request", headers.Request, Operations);
        yaml.Object("response", headers.Response, Operations);
    }

    private void Operations(HeaderOperations operations)
    {
        yaml.Texts("set", operations.Set);
        yaml.Texts("add", operations.Add);
        yaml.Texts("remove", operations.Remove);
    }
}
