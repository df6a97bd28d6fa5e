using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes what a route does with a request.</summary>
internal sealed class HttpRouteText(ObjectWriter fields)
{
    public void Write(HttpRoute route)
    {
        fields.Object("redirect", route.Redirect, Redirect);
        fields.Object("directResponse", route.DirectResponse, Response);
        fields.Object("fault", route.Fault, Fault);
        fields.Object("rewrite", route.Rewrite, Rewrite);
        fields.Objects("route", route.Route, Weighted);
        fields.Duration("timeout", route.Timeout);
        fields.Object("retries", route.Retries, Retries);
        fields.Object("mirror", route.Mirror, Destination);
        fields.Percent("mirrorPercentage", route.MirrorPercentage);
        fields.Objects("mirrors", route.Mirrors, Mirror);
        fields.Object("corsPolicy", route.CorsPolicy, Cors);
        fields.Object("headers", route.Headers, Headers);
    }

    private void Redirect(HttpRedirect redirect)
    {
        fields.Text("scheme", redirect.Scheme);
        fields.Text("authority", redirect.Authority);
        fields.Number("port", redirect.Port);
        fields.Name("derivePort", redirect.DerivePort, EnumNames.RedirectPortSelection);
        fields.Text("uri", redirect.Uri);
        fields.Text("prefixRewrite", redirect.PrefixRewrite);
        fields.Number("redirectCode", redirect.RedirectCode);
    }

    private void Response(HttpDirectResponse response)
    {
        fields.Number("status", response.Status);
        fields.Object("body", response.Body, body =>
        {
            fields.Text("string", body.String);
            fields.Text("bytes", body.Bytes is null ? null : Convert.ToBase64String([.. body.Bytes]));
        });
    }

    private void Fault(HttpFaultInjection fault)
    {
        fields.Object("delay", fault.Delay, delay =>
        {
            fields.Percent("percentage", delay.Percentage);
            fields.Duration("fixedDelay", delay.FixedDelay == TimeSpan.Zero ? null : delay.FixedDelay);
        });
        fields.Object("abort", fault.Abort, abort =>
        {
            fields.Percent("percentage", abort.Percentage);
            fields.Number("httpStatus", abort.HttpStatus);
            fields.Text("grpcStatus", abort.GrpcStatus);
        });
    }

    private void Rewrite(HttpRewrite rewrite)
    {
        fields.Text("uri", rewrite.Uri);
        fields.Text("authority", rewrite.Authority);
        fields.Object("uriRegexRewrite", rewrite.UriRegexRewrite, regex =>
        {
            fields.Text("match", regex.Match);
            fields.Text("rewrite", regex.Rewrite);
        });
    }

    private void Weighted(HttpRouteDestination route)
    {
        fields.Object("destination", route.Destination, Destination);
        fields.Number("weight", route.Weight == 0 ? null : route.Weight);
        fields.Object("headers", route.Headers, Headers);
    }

    private void Destination(Destination destination)
    {
        fields.Text("host", destination.Host);
        fields.Text("subset", destination.Subset);
        fields.Port("port", destination.Port);
    }

    private void Retries(HttpRetry retry)
    {
        fields.Number("attempts", retry.Attempts);
        fields.Duration("perTryTimeout", retry.PerTryTimeout);
        fields.Text("retryOn", retry.RetryOn);
        fields.Duration("backoff", retry.Backoff);
        fields.Boolean("retryIgnorePreviousHosts", retry.RetryIgnorePreviousHosts);
    }

    private void Mirror(HttpMirrorPolicy mirror)
    {
        fields.Object("destination", mirror.Destination, Destination);
        fields.Percent("percentage", mirror.Percentage);
    }

    private void Cors(CorsPolicy cors)
    {
        fields.Objects("allowOrigins", cors.AllowOrigins, origin => VirtualServiceText.WriteText(fields, origin));
        fields.Texts("allowMethods", cors.AllowMethods);
        fields.Texts("allowHeaders", cors.AllowHeaders);
        fields.Texts("exposeHeaders", cors.ExposeHeaders);
        fields.Duration("maxAge", cors.MaxAge);
        fields.Boolean("allowCredentials", cors.AllowCredentials);
        fields.Name("unmatchedPreflights", cors.UnmatchedPreflights, EnumNames.UnmatchedPreflights);
    }

    private void Headers(Headers headers)
    {
        fields.Object("request", headers.Request, Operations);
        fields.Object("response", headers.Response, Operations);
    }

    private void Operations(HeaderOperations operations)
    {
        fields.Texts("set", operations.Set);
        fields.Texts("add", operations.Add);
        fields.Texts("remove", operations.Remove);
    }
}
