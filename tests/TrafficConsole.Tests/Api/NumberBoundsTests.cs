using System.Net;
using System.Reflection;
using System.Text;
using Bookinfo.Mesh.TrafficConsole.Api;
using Bookinfo.Mesh.TrafficConsole.Faults;
using Bookinfo.Mesh.TrafficConsole.Load;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Tests.TrafficConsole.Api;

/// <summary>Each number of the API's bodies and queries at both of its ends: taken there, answered with 400 one beyond.</summary>
public sealed class NumberBoundsTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    private static readonly Type[] Bodies = [typeof(Fault), typeof(LoadSettings), typeof(Shift), typeof(ReleaseShare)];

    private static readonly Number[] Numbers =
    [
        new("Fault.Percent", "PUT", "/api/pods/reviews-v1-1/fault", """{"percent":<value>}""", "0", "100", "-0.1", "100.1"),
        new("Fault.Status", "PUT", "/api/pods/reviews-v1-1/fault", """{"status":<value>}""", "400", "599", "399", "600"),
        new("Fault.DelayMilliseconds", "PUT", "/api/pods/reviews-v1-1/fault", """{"delayMilliseconds":<value>}""",
            "0", "3600000", "-1", "3600001"),
        new("LoadSettings.Rate", "PUT", "/api/load", """{"rate":<value>}""", "0.1", "50", "0.09", "50.1"),
        new("LoadSettings.Pages", "PUT", "/api/load", """{"rate":0.1,"pages":<value>}""", "1", "10000", "0", "10001"),
        new("Shift.Percent", "POST", "/api/services/reviews/shift", """{"release":"v2","percent":<value>}""", "1", "100", "0", "101"),
        new("ReleaseShare.Percent", "PUT", "/api/services/reviews/shares", """[{"release":"v2","percent":<value>}]""",
            "100", "100", "-1", "101"),
        new("fewestRequests", "POST", "/api/canary?from=v1&fewestRequests=<value>", "", "0", "2147483647", "-1", "2147483648"),
        new("number", "POST", "/api/history/<value>/undo", "", "0", "9223372036854775807", "x", "9223372036854775808"),
    ];

    public static IEnumerable<TheoryDataRow<string>> Rows => Numbers.Select(row => new TheoryDataRow<string>(row.Name));

    [Fact]
    public void Api_EachNumberOfItsBodies_HasARow()
    {
        var numbers = Bodies.SelectMany(body => body.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(IsNumber).Select(property => $"{body.Name}.{property.Name}"));

        Assert.Equal(numbers.Order(), Numbers.Select(row => row.Name).Where(name => name.Contains('.')).Order());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Request_NumberAtAnEnd_IsTaken(string row)
    {
        var number = Numbers.Single(each => each.Name == row);

        foreach (var value in (string[])[number.Least, number.Most])
        {
            using var answer = await SendAsync(number, value);
            Assert.False(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.InternalServerError,
                $"{value}: {answer.StatusCode}");
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Request_NumberOneBeyondAnEnd_400Or404(string row)
    {
        var number = Numbers.Single(each => each.Name == row);

        foreach (var value in (string[])[number.Below, number.Above])
        {
            using var answer = await SendAsync(number, value);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{value}: {answer.StatusCode}");
        }
    }

    private static bool IsNumber(PropertyInfo property) =>
        (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is var type
        && (type == typeof(int) || type == typeof(long) || type == typeof(double));

    private async Task<HttpResponseMessage> SendAsync(Number number, string value)
    {
        using var request = new HttpRequestMessage(new HttpMethod(number.Method), Filled(number.Path))
        {
            Content = new StringContent(Filled(number.Body), Encoding.UTF8, "application/json"),
        };
        return await console.Client.SendAsync(request, TestContext.Current.CancellationToken);

        string Filled(string text) => text.Replace("<value>", value, StringComparison.Ordinal);
    }

    /// <summary>A number of the API.</summary>
    /// <param name="Name">Type and property, or the parameter's name.</param>
    /// <param name="Method">The method.</param>
    /// <param name="Path">Path and query, with <c>&lt;value&gt;</c> where the number stands.</param>
    /// <param name="Body">The body, with the same.</param>
    /// <param name="Least">The smallest that is taken.</param>
    /// <param name="Most">The largest that is taken.</param>
    /// <param name="Below">One less.</param>
    /// <param name="Above">One more.</param>
    private sealed record Number(
        string Name, string Method, string Path, string Body, string Least, string Most, string Below, string Above);
}
