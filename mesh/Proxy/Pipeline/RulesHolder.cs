using Bookinfo.Mesh.Proxy.Compilation;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>The one place where the rules change: a single write.</summary>
internal sealed class RulesHolder(RuleTables first)
{
    private volatile RuleTables _current = first;

    public RuleTables Current => _current;

    public void Replace(RuleTables tables) => _current = tables;
}
