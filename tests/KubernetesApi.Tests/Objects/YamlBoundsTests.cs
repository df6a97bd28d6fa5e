using System.Text;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Tests.KubernetesApi.Objects;

/// <summary>Short texts that would become large values, and those that only look like it.</summary>
public sealed class YamlBoundsTests
{
    [Fact]
    public void Read_AliasesOfAliases_AreRefused()
    {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 9; i++)
        {
            bomb.AppendLine($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]");
        }

        Assert.Contains("aliases", Assert.Throws<FormatException>(() => YamlText.Read(bomb.ToString())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    public void Read_DeepText_IsRefused(string opening) =>
        Assert.Throws<FormatException>(() => YamlText.Read(string.Concat(Enumerable.Repeat(opening, 100_000))));

    [Fact]
    public void Read_AliasesAsPeopleUseThem_StandForTheirValues() =>
        Assert.Equal("""{"labels":{"app":"a"},"selector":{"app":"a"}}""", YamlText.Read("labels: &l {app: a}\nselector: *l\n")!.ToText());
}
