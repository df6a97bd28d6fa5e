using System.Net;
using Bookinfo.Mesh.Http1.Messages;
using Bookinfo.Mesh.Http1.Writing;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.Mesh.Proxy.Mirroring;

/// <summary>A copy of a request, which outlives it.</summary>
internal sealed class MirroredRequest
{
    private readonly string _path;
    private readonly string _query;
    private readonly string _host;
    private readonly long? _length;
    private readonly List<KeyValuePair<string, StringValues>> _headers = [];

    public MirroredRequest(Exchange exchange)
    {
        var request = exchange.Context.Request;
        (Method, _path, _query, _host) = (request.Method, exchange.Path, exchange.Query, request.Headers.Host.ToString());
        IsGrpc = exchange.IsGrpc;
        _length = request.ContentLength;
        foreach (var header in request.Headers)
        {
            if (!IsLeftOut(header.Key))
            {
                _headers.Add(header);
            }
        }
    }

    public string Method { get; }

    public bool IsGrpc { get; }

    /// <summary>The body; null for a request without one.</summary>
    public MirroredBody? Body { get; set; }

    /// <summary>Writes the copy as HTTP/1.1, without its body.</summary>
    public void WriteHead(RequestWriter request)
    {
        request.WriteLine(Method, _path, _query);
        request.WriteHeader("host", _host);
        foreach (var (name, values) in _headers)
        {
            foreach (var value in values)
            {
                request.WriteHeader(name, value);
            }
        }

        request.EndHead(Body is null ? RequestFraming.None
            : _length is { } length ? RequestFraming.OfLength(length) : RequestFraming.Chunked);
    }

    /// <summary>The copy for HttpClient, as HTTP/2.</summary>
    public HttpRequestMessage ToMessage(UpstreamHost host)
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(Method), UpstreamTarget.At(host, _path, _query))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = Body is null ? null : new StreamContent(Body),
        };
        if (message.Content is { } content)
        {
            content.Headers.ContentLength = _length;
        }

        message.Headers.TryAddWithoutValidation("host", _host);
        foreach (var (name, values) in _headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return message;
    }

    /// <summary>What belongs to the caller's connection, and what the copy says for itself.</summary>
    private static bool IsLeftOut(string name) => name.StartsWith(':') || name.ToUpperInvariant() is
        "HOST" or "CONTENT-LENGTH" or "CONNECTION" or "TRANSFER-ENCODING" or "KEEP-ALIVE" or "UPGRADE" or "PROXY-CONNECTION" or "TE"
            or "EXPECT";
}
