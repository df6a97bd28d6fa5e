namespace Bookinfo.Mesh.Proxy.Model;

/// <summary>Times as .NET's timers take them.</summary>
internal static class Timers
{
    /// <summary>No timer runs longer (<c>uint.MaxValue - 1</c> ms); a request that has more time than that never sees its end.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private static readonly TimeSpan ShortestPing = TimeSpan.FromSeconds(1);

    /// <summary>The time, cut to what a timer can measure.</summary>
    public static TimeSpan Bounded(TimeSpan time) => time < Longest ? time : Longest;

    /// <summary>The time, at least the second that HttpClient wants between two pings of a connection, and for their answer.</summary>
    public static TimeSpan Pings(TimeSpan time) => time < ShortestPing ? ShortestPing : Bounded(time);
}
