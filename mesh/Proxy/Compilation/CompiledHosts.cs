using Bookinfo.Mesh.Proxy.VirtualHosts;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// The virtual hosts of one scope by what they were made of. A set of rules shares with the one before it the hosts whose rules are the
/// very same objects: only what has changed is compiled.
/// </summary>
internal sealed class CompiledHosts
{
    private Dictionary<(string Host, int Port), CompiledHost> _before = [];
    private Dictionary<(string Host, int Port), CompiledHost> _now = [];

    /// <summary>The virtual host of the set before, where it was made of the same parts; otherwise a new one.</summary>
    /// <param name="host">The host's full name.</param>
    /// <param name="port">The port that it is for.</param>
    /// <param name="parts">The rules it is made of, in order. Beside them it may depend only on what stays while this object does.</param>
    /// <param name="compile">Makes it; null where the rules have nothing for the port.</param>
    public CompiledHost Get(string host, int port, IReadOnlyList<object> parts, Func<CompiledHost> compile)
    {
        var key = (host, port);
        return _now[key] = _before.TryGetValue(key, out var there) && AreSame(there.Parts, parts) ? there : compile();
    }

    /// <summary>Whether two lists hold the same objects in the same order.</summary>
    public static bool AreSame(IReadOnlyList<object> one, IReadOnlyList<object> other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < one.Count; i++)
        {
            if (!ReferenceEquals(one[i], other[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ends a set: the next one shares with it.</summary>
    public void Commit() => (_before, _now) = (_now, []);
}

/// <summary>A virtual host with what it was made of.</summary>
/// <param name="Parts">The rules.</param>
/// <param name="Host">The virtual host; null where the rules have nothing for its port.</param>
/// <param name="Domains">The names that callers may use for it.</param>
internal sealed record CompiledHost(IReadOnlyList<object> Parts, VirtualHost? Host, string[] Domains);
