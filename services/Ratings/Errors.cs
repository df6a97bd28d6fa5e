using Bookinfo.ServiceDefaults.Hosting;

namespace Bookinfo.Ratings;

/// <summary>The contract's error answers, word for word.</summary>
internal static class Errors
{
    private static readonly byte[] NoNumber = """{"error":"please provide numeric product ID"}"""u8.ToArray();
    private static readonly byte[] NoRatings = """{"error":"please provide valid ratings JSON"}"""u8.ToArray();
    private static readonly byte[] Unavailable = """{"error":"Service unavailable"}"""u8.ToArray();
    private static readonly byte[] NoDatabase = """{"error":"could not connect to ratings database"}"""u8.ToArray();

    public static Task WriteNoNumberAsync(this HttpResponse response) => response.WriteJsonAsync(StatusCodes.Status400BadRequest, NoNumber);

    public static Task WriteNoRatingsAsync(this HttpResponse response) => response.WriteJsonAsync(StatusCodes.Status400BadRequest, NoRatings);

    public static Task WriteUnavailableAsync(this HttpResponse response) => response.WriteJsonAsync(StatusCodes.Status503ServiceUnavailable, Unavailable);

    public static Task WriteNoDatabaseAsync(this HttpResponse response) => response.WriteJsonAsync(StatusCodes.Status500InternalServerError, NoDatabase);
}
