using System.Text.Json;

namespace Bookinfo.ServiceDefaults.Faults;

/// <summary>Reads <c>{"percent":100,"status":503,"delayMilliseconds":0}</c>; each member may be left out, none other is taken.</summary>
internal static class FaultReader
{
    private const double LongestDelay = 3_600_000;

    /// <exception cref="FormatException">The object says something that a fault cannot be.</exception>
    public static Fault Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("a fault is an object of percent, status and delayMilliseconds");
        }

        var (percent, status, delay) = (100d, 503d, 0d);
        foreach (var member in body.EnumerateObject())
        {
            switch (member.Name)
            {
                case "percent":
                    percent = Number(member, value => value is >= 0 and <= 100, "a number from 0 to 100");
                    break;
                case "status":
                    status = Number(member, value => value is 0 or (>= 400 and <= 599) && value % 1 == 0, "an HTTP status from 400 to 599, or 0 for a delay alone");
                    break;
                case "delayMilliseconds":
                    delay = Number(member, value => value is >= 0 and <= LongestDelay, "a number of milliseconds from 0 to 3600000");
                    break;
                default:
                    throw new FormatException($"'{member.Name}' is unknown; a fault has percent, status and delayMilliseconds");
            }
        }

        return new Fault(percent, (int)status, TimeSpan.FromMilliseconds(delay));
    }

    private static double Number(JsonProperty member, Predicate<double> fits, string expected) =>
        member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out var value) && fits(value)
            ? value
            : throw new FormatException($"{member.Name} should be {expected}");
}
