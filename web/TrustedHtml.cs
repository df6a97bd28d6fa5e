namespace Bookinfo.Web;

/// <summary>Markup that is written without encoding: only ever a constant of ours, never anything that came in.</summary>
/// <param name="Markup">The markup.</param>
internal readonly record struct TrustedHtml(string Markup);
