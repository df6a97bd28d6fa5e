using System.CommandLine;
using System.CommandLine.Parsing;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Explaining;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary><c>explain</c>: where a request would go, and why, without sending it.</summary>
internal static class ExplainCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var method = new Argument<string>("METHOD") { Description = "the method, such as GET" };
        var url = new Argument<Uri>("URL")
        {
            Description = "the URL as the caller has it, such as http://reviews:9080/reviews/0",
            CustomParser = ReadUrl,
        };
        var from = new Option<string>("--from")
        {
            Description = "who would send it: a pod, a workload, a service, or gateway for somebody outside",
            HelpName = "CALLER",
            Required = true,
        };
        var headers = new Option<KeyValuePair<string, string>[]>("-H", "--header")
        {
            Description = "a header, as 'name: value'; repeatable",
            CustomParser = ReadHeaders,
        };
        var console = SharedOptions.Listen("--console", "the Lab to ask", LabOptions.DefaultConsolePort);
        var token = new Option<string>("--token")
        {
            Description = "the token of a console that other machines can reach, as its start printed it",
            HelpName = "TOKEN",
        };
        var rules = new Option<string[]>("--rules")
        {
            Description = "ask these files and folders of rules, not a Lab that runs; repeatable",
            HelpName = "PATH",
        };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "with --rules: read the folders within folders too" };
        var space = SharedOptions.Namespace();
        var noBase = SharedOptions.NoBase();
        var channel = SharedOptions.GatewayApi();
        var command = new Command("explain", "Say which rule a request would follow, and why.")
        {
            method,
            url,
            from,
            headers,
            console,
            token,
            rules,
            recursive,
            space,
            noBase,
            channel,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var request = new ExplainRequest(parsed.GetRequiredValue(from), parsed.GetRequiredValue(method), parsed.GetRequiredValue(url),
                parsed.GetValue(headers) ?? []);
            var paths = parsed.GetValue(rules) ?? [];
            var offline = new OfflineExplainer(parsed.GetRequiredValue(space), paths.Length == 0 || !parsed.GetValue(noBase),
                parsed.GetValue(recursive), parsed.GetValue(channel));
            var text = paths.Length > 0 ? offline.Explain(request, paths, error)
                : await AskLabAsync(request, parsed, console, parsed.GetValue(token), offline, error, stop);
            await output.WriteLineAsync(text);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>Asks the Lab that runs; where none does and none was named, the demo's own rules answer.</summary>
    private static async Task<string> AskLabAsync(ExplainRequest request, ParseResult parsed, Option<System.Net.IPEndPoint> console,
        string? token, OfflineExplainer offline, TextWriter error, CancellationToken stop)
    {
        var address = parsed.GetRequiredValue(console);
        if (await ConsoleClient.ExplainAsync(request, address, token, stop) is { } text)
        {
            return text;
        }

        if (parsed.GetResult(console) is { Implicit: false })
        {
            throw new UserErrorException($"No Lab answers at {address}. Start one, or name rules with --rules PATH.");
        }

        await error.WriteLineAsync($"No Lab runs at {address}, so this is by the rules that a Lab starts with; --rules PATH names others.");
        return offline.Explain(request, [], error);
    }

    private static Uri? ReadUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var whole = text.StartsWith('/') ? $"http://localhost{text}" : text.Contains("://", StringComparison.Ordinal) ? text
            : $"http://{text}";
        if (Uri.TryCreate(whole, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        result.AddError($"URL: '{text}' is not an http URL; expected one such as http://reviews:9080/reviews/0");
        return null;
    }

    private static KeyValuePair<string, string>[]? ReadHeaders(ArgumentResult result)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var token in result.Tokens)
        {
            var colon = token.Value.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                result.AddError($"-H: '{token.Value}' is not a header; expected one such as 'end-user: jason'");
                return null;
            }

            headers.Add(KeyValuePair.Create(token.Value[..colon].Trim(), token.Value[(colon + 1)..].Trim()));
        }

        return [.. headers];
    }
}
