namespace Bookinfo.Cluster.Settings;

/// <summary>A cloud whose load balancers take annotations of their own.</summary>
public enum Cloud
{
    /// <summary>None: no annotations.</summary>
    None,

    /// <summary>AWS, by the AWS Load Balancer Controller (a Network Load Balancer).</summary>
    Aws,

    /// <summary>Azure.</summary>
    Azure,

    /// <summary>Google Cloud.</summary>
    Gcp,

    /// <summary>Oracle Cloud.</summary>
    Oracle,

    /// <summary>OpenStack, by cloud-provider-openstack (Octavia).</summary>
    OpenStack,
}

/// <summary>What a cloud's load balancer is told.</summary>
public sealed record LoadBalancerSettings
{
    /// <summary>Whose load balancer.</summary>
    public required Cloud Cloud { get; init; }

    /// <summary>Whether it is reached from inside the cloud's network only.</summary>
    public required bool Internal { get; init; }

    /// <summary>Who can reach it, as CIDR blocks; empty for everybody.</summary>
    public required IReadOnlyList<string> SourceRanges { get; init; }

    /// <summary>
    /// What ends TLS at the load balancer: an ARN (AWS), a Secret (Oracle), a Barbican reference (OpenStack); null for plain HTTP.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>Where access logs go: an S3 bucket (AWS); null for none.</summary>
    public string? AccessLogs { get; init; }

    /// <summary>The port on which it answers.</summary>
    public int Port => Certificate is null ? 80 : 443;

    internal static LoadBalancerSettings Read(SettingsReader reader)
    {
        var settings = new LoadBalancerSettings
        {
            Cloud = reader.Choice("exposure:cloud", Cloud.None, Clouds),
            Internal = reader.Flag("exposure:internal", false),
            SourceRanges = reader.List("exposure:sourceRanges"),
            Certificate = reader.Text("exposure:certificate"),
            AccessLogs = reader.Text("exposure:accessLogs"),
        };
        settings.Check(reader);
        return settings;
    }

    private void Check(SettingsReader reader)
    {
        foreach (var range in SourceRanges.Where(range => !Syntax.IsNetwork(range)))
        {
            reader.Wrong(
                $"exposure:sourceRanges has {SettingsReader.Quoted(range)}: write CIDR blocks such as 203.0.113.0/24, with no bits set "
                + "after the prefix");
        }

        if (Internal && Cloud == Cloud.None)
        {
            reader.Wrong("exposure:internal needs exposure:cloud: each cloud has its own way of keeping a load balancer inside");
        }

        if (Certificate is not null && Cloud is not (Cloud.Aws or Cloud.Oracle or Cloud.OpenStack))
        {
            reader.Wrong(
                "exposure:certificate needs exposure:cloud aws, oracle or openstack: the other clouds end TLS at an Ingress or a gateway "
                + "(exposure:tlsSecret)");
        }
        else if (Certificate is not null && WhatACertificateIs() is { } hint)
        {
            reader.Wrong($"exposure:certificate is {SettingsReader.Quoted(Certificate)}: for this cloud write {hint}");
        }

        if (AccessLogs is not null && !Syntax.IsBucket(AccessLogs))
        {
            reader.Wrong(
                $"exposure:accessLogs is {SettingsReader.Quoted(AccessLogs)}: write the name of a bucket: lower-case letters, digits, "
                + "hyphens and dots, 3 to 63");
        }
        else if (AccessLogs is not null && Cloud != Cloud.Aws)
        {
            reader.Wrong("exposure:accessLogs names a bucket, which only the load balancer of exposure:cloud aws writes to");
        }
    }

    private string? WhatACertificateIs() => Cloud switch
    {
        Cloud.Aws when !Syntax.IsAwsCertificate(Certificate!) =>
            "the ARN of a certificate, such as arn:aws:acm:eu-central-1:111122223333:certificate/...",
        Cloud.Oracle when !Syntax.IsObjectName(Certificate!) => "the name of a Secret with certificate and key",
        Cloud.OpenStack when !Syntax.IsBarbicanReference(Certificate!) =>
            "the URL of a container in Barbican, such as https://barbican.example.com/v1/containers/...",
        _ => null,
    };

    private static readonly Dictionary<string, Cloud> Clouds = new()
    {
        ["none"] = Cloud.None,
        ["aws"] = Cloud.Aws,
        ["azure"] = Cloud.Azure,
        ["gcp"] = Cloud.Gcp,
        ["oracle"] = Cloud.Oracle,
        ["openstack"] = Cloud.OpenStack,
    };
}
