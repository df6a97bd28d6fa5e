namespace Bookinfo.Web;

/// <summary>Markup that is written without encoding. It must be a constant of the program, never input.</summary>
/// <param name="Markup">The markup.</param>
public readonly record struct TrustedHtml(string Markup);
