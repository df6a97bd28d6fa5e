using System.Text;
using Bookinfo.Mesh.Http1;
using Bookinfo.Mesh.Http1.Connections;
using Bookinfo.Mesh.Http1.Messages;

namespace Bookinfo.Tests.Http1.Support;

/// <summary>What was read as the answer to one request, as Latin-1 text.</summary>
internal sealed record Heard(string Interim, int Status, string Headers, string Body, string Trailers, bool CanBeReused, Http1Error? Error)
{
    /// <summary>Reads an answer that comes in one piece.</summary>
    public static Task<Heard> ReadAsync(string answer, bool toHead = false, bool toUpgrade = false, Http1Limits? limits = null) =>
        ReadAsync([Encoding.Latin1.GetBytes(answer)], toHead, toUpgrade, limits);

    /// <summary>Reads an answer that comes in these pieces.</summary>
    public static async Task<Heard> ReadAsync(IEnumerable<byte[]> pieces, bool toHead = false, bool toUpgrade = false,
        Http1Limits? limits = null)
    {
        using var connection = new Http1Connection(new ScriptedTransport(pieces), limits ?? Http1Limits.Default);
        connection.Begin(toHead, toUpgrade);
        connection.Request.WriteLine(toHead ? "HEAD" : "GET", "/");
        connection.Request.EndHead(RequestFraming.None);
        await connection.Request.EndAsync();
        return await FromAsync(connection);
    }

    /// <summary>Reads the answer on a connection to its end, or to where it breaks.</summary>
    public static async Task<Heard> FromAsync(Http1Connection connection)
    {
        var response = connection.Response;
        var (interim, body) = (new StringBuilder(), new StringBuilder());
        var (status, headers) = (0, "");
        try
        {
            await response.ReadHeadAsync();
            for (; response.IsInterim; await response.ReadHeadAsync())
            {
                interim.Append(response.Status).Append('|').Append(Lines(response.Headers)).Append(';');
            }

            (status, headers) = (response.Status, Lines(response.Headers));
            for (var bytes = await response.ReadBodyAsync(); !bytes.IsEmpty; bytes = await response.ReadBodyAsync())
            {
                body.Append(Encoding.Latin1.GetString(bytes.Span));
            }

            return new Heard(interim.ToString(), status, headers, body.ToString(), Lines(response.Trailers), connection.CanBeReused, null);
        }
        catch (Http1Exception e)
        {
            return new Heard(interim.ToString(), status, headers, body.ToString(), "", connection.CanBeReused, e.Error);
        }
    }

    private static string Lines(HeaderBlock block) =>
        string.Join(", ", Enumerable.Range(0, block.Count).Select(line => $"{block.NameText(line)}: {block.ValueText(line)}"));
}
