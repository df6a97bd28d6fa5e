using System.Globalization;

namespace Bookinfo.Mesh.TrafficConsole.Load;

/// <summary>What the load is asked to be.</summary>
/// <param name="Rate">Requests a second, <see cref="LowestRate"/> to <see cref="HighestRate"/>; 0 stops it.</param>
/// <param name="Readers">Who reads: <c>guest</c>, <c>jason</c>, or <c>both</c> in turns.</param>
/// <param name="Pages">After how many pages it ends, 1 to <see cref="MostPages"/>; null for as long as a load runs.</param>
public sealed record LoadSettings(double Rate, string Readers = LoadSettings.Guest, int? Pages = null)
{
    /// <summary>The fewest requests a second: one in ten seconds.</summary>
    public const double LowestRate = 0.1;

    /// <summary>The most requests a second.</summary>
    public const double HighestRate = 50;

    /// <summary>The most pages that can be asked for by number.</summary>
    public const int MostPages = 10_000;

    /// <summary>A reader who is not signed in.</summary>
    public const string Guest = "guest";

    /// <summary>A reader who is signed in as jason, as in Istio's examples.</summary>
    public const string Jason = "jason";

    /// <summary>The two in turns.</summary>
    public const string Both = "both";

    /// <summary>What is wrong, and what would be right; null where all is well.</summary>
    internal string? Problem =>
        Rate is not (0 or (>= LowestRate and <= HighestRate))
            ? string.Create(
                CultureInfo.InvariantCulture, $"rate: give 0, or a number from {LowestRate} to {HighestRate} requests a second.")
        : Readers is not (Guest or Jason or Both) ? $"readers: '{Readers}' is unknown. Give {Guest}, {Jason} or {Both}."
        : Pages is not (null or (>= 1 and <= MostPages)) ? $"pages: give a whole number from 1 to {MostPages}, or leave it out."
        : null;
}

/// <summary>How the load does.</summary>
/// <param name="Rate">Requests a second that are asked for; 0 where it is stopped.</param>
/// <param name="Readers">Who reads.</param>
/// <param name="Sent">How many pages were asked for since it was started.</param>
/// <param name="Ended">How many of them have ended, well or not.</param>
/// <param name="Failed">How many of them did not end with a page: no answer, or a status from 500.</param>
/// <param name="EndsAt">When it stops by itself; null where it is stopped.</param>
public sealed record LoadStatus(double Rate, string Readers, long Sent, long Ended, long Failed, DateTimeOffset? EndsAt);
