using Bookinfo.ServiceDefaults;
using Bookinfo.Web;

namespace Bookinfo.ProductPage.Pages;

/// <summary>The front page: what this is, the ways in, and which service asks which.</summary>
internal static class FrontPage
{
    private static readonly TrustedHtml Cover = Layout.Assets.UrlOf("cover.svg");

    public static void Write(HtmlWriter html, string? user, ServiceIdentity self)
    {
        html.WriteHead(user);
        html.Write($"""
            <div class="book">
            <div><a href="/productpage"><img class="cover" src="{Cover}" width="300" height="440"
              alt="The Comedy of Errors, the book of the shop"></a></div>
            <div>
            <h1>One page, four services</h1>
            <p class="summary">A bookshop with one book. Four small services make its page, and some of them run in several
            releases at once. Which release answers you is for the traffic rules to say.</p>
            <ul class="doors">
            <li><a class="button" href="/productpage?u=normal">Normal user</a></li>
            <li><a class="button quiet" href="/productpage?u=test">Test user</a></li>
            </ul>
            <section class="facts parts" aria-labelledby="parts">
            <h2 id="parts">Who asks whom</h2>
            <ul>
            <li><p><strong>productpage</strong> <span class="served">the page itself, <code>{self.Release}</code></span></p>
            <ul>
            <li><p><strong>details</strong> <span class="served">author, publisher, pages</span></p></li>
            <li><p><strong>reviews</strong> <span class="served">what readers wrote</span></p>
            <ul>
            <li><p><strong>ratings</strong> <span class="served">one to five stars</span></p></li>
            </ul></li>
            </ul></li>
            </ul>
            </section>
            </div>
            </div>

            """);
        html.WriteFoot(self.Release, self.Pod);
    }
}
