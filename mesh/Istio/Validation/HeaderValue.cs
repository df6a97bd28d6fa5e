namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>
/// Checks the value of a header in a rule. Envoy replaces <c>%START_TIME%</c> and its like in it, with <c>%%</c> for a percent sign; the
/// mesh has only the text. Source: <c>pkg/config/validation/header_value_validator.go</c>.
/// </summary>
internal static class HeaderValue
{
    /// <summary>What is wrong with the value; null where nothing is.</summary>
    public static string? FindError(string value)
    {
        if (value.Any(c => (c < ' ' && c != '\t') || c == '\x7f'))
        {
            return "the value of a header has no control characters";
        }

        for (var at = value.IndexOf('%', StringComparison.Ordinal); at >= 0; at = at + 2 < value.Length ? value.IndexOf('%', at + 2) : -1)
        {
            if (at + 1 >= value.Length || value[at + 1] != '%')
            {
                return value.IndexOf('%', at + 1) < 0
                    ? "a single % starts a variable of Envoy's and this one does not end; write %% for a percent sign"
                    : "the mesh does not support Envoy's variables in headers; write %% for a percent sign";
            }
        }

        return null;
    }
}
