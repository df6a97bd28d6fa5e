using System.Text.Json.Nodes;

namespace Bookinfo.Mesh.KubernetesApi.Objects;

/// <summary>
/// A request that cannot be carried out, as an API server says it: with a status, a reason that clients go by, and a message for people
/// (<c>k8s.io/apimachinery/pkg/api/errors/errors.go</c>).
/// </summary>
public sealed class ApiException : Exception
{
    private readonly string _reason;
    private readonly JsonObject _details;

    /// <summary>Makes one.</summary>
    /// <param name="code">The HTTP status.</param>
    /// <param name="reason">The reason, one word: <c>NotFound</c>.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="details">Kind, name and causes; null for none.</param>
    public ApiException(int code, string reason, string message, JsonObject? details = null)
        : base(message) => (Code, _reason, _details) = (code, reason, details ?? []);

    /// <summary>The HTTP status.</summary>
    public int Code { get; }

    /// <summary>How a list goes on all the same, with what is there now; null where that is not what is wrong.</summary>
    public string? Continue { get; init; }

    /// <summary>404: there is no such object.</summary>
    /// <param name="what">The resource with its group: <c>virtualservices.networking.istio.io</c>.</param>
    /// <param name="name">The object's name.</param>
    public static ApiException NotFound(string what, string name) =>
        new(404, "NotFound", $"{what} \"{name}\" not found", Named(what, name));

    /// <summary>404: the server has no such path.</summary>
    public static ApiException NoSuchPath() => new(404, "NotFound", "the server could not find the requested resource");

    /// <summary>409: the object is there already.</summary>
    /// <param name="what">The resource with its group.</param>
    /// <param name="name">The object's name.</param>
    public static ApiException AlreadyExists(string what, string name) =>
        new(409, "AlreadyExists", $"{what} \"{name}\" already exists", Named(what, name));

    /// <summary>409: someone else has changed the object since it was read.</summary>
    /// <param name="what">The resource with its group.</param>
    /// <param name="name">The object's name.</param>
    public static ApiException Conflict(string what, string name) => new(409, "Conflict",
        $"Operation cannot be fulfilled on {what} \"{name}\": the object has been modified; please apply your changes to the latest "
        + "version and try again", Named(what, name));

    /// <summary>422: the object's fields do not go together.</summary>
    /// <param name="kind">The object's kind.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="field">The field that is wrong.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static ApiException Invalid(string kind, string name, string field, string problem)
    {
        var details = Named(kind, name);
        details["causes"] = new JsonArray(
            new JsonObject { ["reason"] = "FieldValueInvalid", ["message"] = problem, ["field"] = field });
        return new(422, "Invalid", $"{kind} \"{name}\" is invalid: {field}: {problem}", details);
    }

    /// <summary>400: the request cannot be read.</summary>
    /// <param name="message">What is wrong with it.</param>
    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    /// <summary>403: the Lab does not let this be done.</summary>
    /// <param name="what">The resource with its group.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="why">Why not, and what to do.</param>
    public static ApiException Forbidden(string what, string name, string why) =>
        new(403, "Forbidden", $"{what} \"{name}\" is forbidden: {why}", Named(what, name));

    /// <summary>405: the resource has no such verb.</summary>
    /// <param name="message">What does not work.</param>
    public static ApiException MethodNotAllowed(string message) => new(405, "MethodNotAllowed", message);

    /// <summary>410: the history does not go back so far.</summary>
    /// <param name="message">From where to begin again.</param>
    public static ApiException Expired(string message) => new(410, "Expired", message);

    /// <summary>415: the body is of a type that is not read here.</summary>
    /// <param name="given">The type of the body.</param>
    /// <param name="accepted">Those that are read.</param>
    public static ApiException UnsupportedMediaType(string given, params IEnumerable<string> accepted) => new(415, "UnsupportedMediaType",
        $"the body of the request was in an unknown format - {given}; accepted media types include: {string.Join(", ", accepted)}");

    /// <summary>The <c>Status</c> object that a client gets.</summary>
    public JsonObject ToStatus() => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = Continue is null ? [] : new JsonObject { ["continue"] = Continue },
        ["status"] = "Failure",
        ["message"] = Message,
        ["reason"] = _reason,
        ["details"] = _details.DeepClone(),
        ["code"] = Code,
    };

    private static JsonObject Named(string what, string name)
    {
        var parts = what.Split('.', 2);
        return new JsonObject { ["name"] = name, ["group"] = parts.ElementAtOrDefault(1) ?? "", ["kind"] = parts[0] };
    }
}
