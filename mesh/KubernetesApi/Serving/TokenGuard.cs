using System.Net;
using System.Security.Cryptography;
using System.Text;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Requests;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Serving;

/// <summary>Lets only those in who call the server by a name of this machine and have the token of this start.</summary>
/// <param name="next">The rest of the way.</param>
/// <param name="token">The token.</param>
internal sealed class TokenGuard(RequestDelegate next, string token)
{
    private const string Scheme = "Bearer ";
    private readonly byte[] _token = Encoding.ASCII.GetBytes(token);

    /// <summary>Lets the request through, or answers 401 or 403.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (!host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
        {
            var refused = new ApiException(
                403, "Forbidden", $"the host '{host}' is not one of this server's names; use localhost or 127.0.0.1");
            return Answers.SendAsync(context, refused.ToStatus(), refused.Code);
        }

        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim()), _token))
        {
            return next(context);
        }

        var unknown = new ApiException(401, "Unauthorized", "Unauthorized: use the kubeconfig that the Lab printed when it started");
        return Answers.SendAsync(context, unknown.ToStatus(), unknown.Code);
    }
}
