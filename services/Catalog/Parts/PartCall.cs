using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bookinfo.Catalog.V1;
using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Upstreams;
using Polly.Timeout;

namespace Bookinfo.Catalog.Parts;

/// <summary>Calls another service and tells its failures apart, so that one of them costs the caller a part and not the answer.</summary>
/// <param name="upstream">The way to the service.</param>
internal sealed class PartCall(Upstream upstream)
{
    /// <summary>Gets what the service knows of a book: <c>/{service}/{id}</c>.</summary>
    /// <typeparam name="TJson">The shape of the JSON that it answers with.</typeparam>
    /// <typeparam name="T">What becomes of the answer.</typeparam>
    /// <param name="bookId">The book's id.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <param name="json">How to read the JSON.</param>
    /// <param name="read">What to make of it; throws <see cref="JsonException"/> where it makes no sense.</param>
    /// <exception cref="OperationCanceledException">The caller has gone, or its deadline has passed: nobody waits for a part any
    /// more.</exception>
    public async Task<Answer<T>> GetAsync<TJson, T>(int bookId, Caller caller, JsonTypeInfo<TJson> json, Func<TJson, T> read)
        where T : class
    {
        ServedBy? servedBy = null;
        try
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/{upstream.Name}/{bookId}");
            using var response = await upstream.GetAsync(path, caller.Headers, caller.Gone);
            servedBy = new() { Release = First(response, ServiceIdentity.ReleaseHeader), Pod = First(response, ServiceIdentity.PodHeader) };
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return Failed<T>(PartErrorCode.ErrorStatus, servedBy, (int)response.StatusCode);
            }

            await using var body = await response.Content.ReadAsStreamAsync(caller.Gone);
            var value = await JsonSerializer.DeserializeAsync(body, json, caller.Gone) ?? throw new JsonException("the answer is null");
            return new Answer<T>(read(value), null, servedBy);
        }
        catch (UpstreamException problem)
        {
            return Failed<T>(Code(problem.InnerException), servedBy);
        }
        catch (JsonException)
        {
            return Failed<T>(PartErrorCode.InvalidAnswer, servedBy);
        }
    }

    private static PartErrorCode Code(Exception? cause) => cause switch
    {
        OperationCanceledException or TimeoutRejectedException => PartErrorCode.Timeout,
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => PartErrorCode.InvalidAnswer,
        _ => PartErrorCode.Unreachable,
    };

    private Answer<T> Failed<T>(PartErrorCode code, ServedBy? servedBy, int? status = null)
        where T : class
    {
        // The sentence that a reader of the page sees.
        var error = new PartError { Code = code, Message = $"Sorry, product {upstream.Name} are currently unavailable for this book." };
        if (status is { } number)
        {
            error.HttpStatus = number;
        }

        return new Answer<T>(null, error, servedBy);
    }

    private static string First(HttpResponseMessage response, string header) =>
        response.Headers.NonValidated.TryGetValues(header, out var values) ? values.First() : "";
}
