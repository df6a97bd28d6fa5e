namespace Bookinfo.ProductPage.Books;

/// <summary>The one book of the shop.</summary>
internal static class Product
{
    public const string Title = "The Comedy of Errors";

    public const string DescriptionHtml =
        """<a href="https://en.wikipedia.org/wiki/The_Comedy_of_Errors">Wikipedia Summary</a>: The Comedy of Errors is one of <b>William """
            + """Shakespeare's</b> early plays. It is his shortest and one of his most farcical comedies, with a major part of the """
            + """humour coming from slapstick and mistaken identity, in addition to puns and word play.""";

    /// <summary>The list of products as the original writes it, byte for byte.</summary>
    public static readonly byte[] ListJson =
        """[{"id": 0, "title": "The Comedy of Errors", "descriptionHtml": "<a href=\"https://en.wikipedia.org/wiki/The_Comedy_of_Errors\">Wikipedia Summary</a>: The Comedy of Errors is one of <b>William Shakespeare's</b> early plays. It is his shortest and one of his most farcical comedies, with a major part of the humour coming from slapstick and mistaken identity, in addition to puns and word play."}]"""u8.ToArray();
}
