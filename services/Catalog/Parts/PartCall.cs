using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bookinfo.Catalog.V1;
using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Http;
using Polly.Timeout;

namespace Bookinfo.Catalog.Parts;

/// <summary>Calls another service and tells its failures apart, so that one of them costs the caller a part and not the answer.</summary>
/// <param name="clients">The clients of the other services, by name.</param>
internal sealed class PartCall(IHttpClientFactory clients)
{
    /// <summary>Gets what the service knows of a book: <c>/{service}/{id}</c>.</summary>
    /// <typeparam name="TJson">The shape of the JSON that it answers with.</typeparam>
    /// <typeparam name="T">What becomes of the answer.</typeparam>
    /// <param name="service">The service's name.</param>
    /// <param name="bookId">The book's id.</param>
    /// <param name="json">How to read the JSON.</param>
    /// <param name="read">What to make of it; throws <see cref="JsonException"/> where it makes no sense.</param>
    /// <param name="cancellation">Ends when the caller has gone or its deadline has passed.</param>
    /// <exception cref="OperationCanceledException">The caller has gone, or its deadline has passed: nothing waits for a part any
    /// more.</exception>
    public async Task<Answer<T>> GetAsync<TJson, T>(string service, int bookId, JsonTypeInfo<TJson> json, Func<TJson, T> read,
        CancellationToken cancellation)
        where T : class
    {
        ServedBy? servedBy = null;
        try
        {
            using var http = clients.CreateClient(service);
            using var response = await http.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/{service}/{bookId}"), cancellation);
            servedBy = new() { Release = First(response, ServiceIdentity.ReleaseHeader), Pod = First(response, ServiceIdentity.PodHeader) };
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return Failed<T>(service, PartErrorCode.ErrorStatus, servedBy, (int)response.StatusCode);
            }

            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            var value = await JsonSerializer.DeserializeAsync(body, json, cancellation) ?? throw new JsonException("the answer is null");
            return new Answer<T>(read(value), null, servedBy);
        }
        catch (Exception problem) when (problem.IsUpstreamFailure())
        {
            return Failed<T>(service, Code(problem), servedBy);
        }
        catch (JsonException)
        {
            return Failed<T>(service, PartErrorCode.InvalidAnswer, servedBy);
        }
    }

    private static PartErrorCode Code(Exception problem) => problem switch
    {
        TimeoutRejectedException => PartErrorCode.Timeout,
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => PartErrorCode.InvalidAnswer,
        _ => PartErrorCode.Unreachable,
    };

    private static Answer<T> Failed<T>(string service, PartErrorCode code, ServedBy? servedBy, int? status = null)
        where T : class
    {
        // The sentence that a reader of the page sees.
        var error = new PartError { Code = code, Message = $"Sorry, product {service} are currently unavailable for this book." };
        if (status is { } number)
        {
            error.HttpStatus = number;
        }

        return new Answer<T>(null, error, servedBy);
    }

    private static string First(HttpResponseMessage response, string header) =>
        response.Headers.NonValidated.TryGetValues(header, out var values) ? values.First() : "";
}
