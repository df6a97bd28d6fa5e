namespace Bookinfo.Tests.Architecture.Samples.Circle
{
    /// <summary>A parent that its child uses, and that uses its child.</summary>
    internal static class Upper
    {
        public static string Name => Inner.Lower.Name;

        public static string Suffix => "!";
    }
}

namespace Bookinfo.Tests.Architecture.Samples.Circle.Inner
{
    /// <summary>The child. It uses its parent only inside of a lambda's body.</summary>
    internal static class Lower
    {
        public static string Name => string.Concat(Enumerable.Range(0, 2).Select(_ => Upper.Suffix));
    }
}

namespace Bookinfo.Tests.Architecture.Samples.Stairs
{
    /// <summary>A parent that uses its child, and is not used by it.</summary>
    internal static class Upper
    {
        public static string Name => Inner.Lower.Name;
    }
}

namespace Bookinfo.Tests.Architecture.Samples.Stairs.Inner
{
    /// <summary>The child.</summary>
    internal static class Lower
    {
        public static string Name => "a";
    }
}
