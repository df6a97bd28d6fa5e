namespace Bookinfo.Tests.Cluster.Support;

/// <summary>Pulumi's test deployment is one for the process: what uses it runs one after another.</summary>
[CollectionDefinition(nameof(OneAfterAnother), DisableParallelization = true)]
public sealed class OneAfterAnother;
