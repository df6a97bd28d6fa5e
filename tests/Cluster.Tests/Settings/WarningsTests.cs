using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Cluster.Settings;

public sealed class WarningsTests
{
    [Theory]
    [InlineData("{}", null, null)]
    [InlineData("{}", "secret", null)]
    [InlineData("{}", "", "/run/passphrase")]
    [InlineData("{}", "", null, "PULUMI_CONFIG_PASSPHRASE is empty")]
    [InlineData("""{"database:allowDataLoss":"true"}""", null, null, "database:allowDataLoss is true")]
    [InlineData("""{"database:allowDataLoss":"true","database:kind":"external","database:secret":"mine"}""", null, null)]
    public void Of_WhatIsAllowedAndRisky_IsSaidInThePreview(string config, string? passphrase, string? file, params string[] warnings)
    {
        var configuration = StackConfiguration.OfPulumi(name => name switch
        {
            "PULUMI_CONFIG" => config,
            "PULUMI_CONFIG_PASSPHRASE" => passphrase,
            "PULUMI_CONFIG_PASSPHRASE_FILE" => file,
            _ => null,
        });
        var said = Warnings.Of(ClusterSettings.Read(configuration, BookinfoSystem.Topology), configuration).ToList();
        Assert.Equal(warnings.Length, said.Count);
        Assert.All(warnings, (warning, index) => Assert.StartsWith(warning, said[index], StringComparison.Ordinal));
    }
}
