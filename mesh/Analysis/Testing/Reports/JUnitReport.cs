using System.Globalization;
using System.Text;
using System.Xml;

namespace Bookinfo.Mesh.Analysis.Testing.Reports;

/// <summary>A run as JUnit XML, which CI systems read: a suite for each file, a test case for each request.</summary>
public static class JUnitReport
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, OmitXmlDeclaration = true };

    /// <summary>Writes it.</summary>
    /// <param name="report">The run.</param>
    /// <param name="output">Where to.</param>
    public static void Write(TestReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        using (var xml = XmlWriter.Create(output, Settings))
        {
            xml.WriteStartElement("testsuites");
            Count(xml, report.Requests, report.Failures);
            foreach (var file in report.Files)
            {
                Write(xml, file);
            }

            xml.WriteEndElement();
        }

        output.WriteLine();
    }

    private static void Write(XmlWriter xml, TestFileResult file)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(file.File.Name));
        Count(xml, file.Results.Count, file.Failures);
        foreach (var result in file.Results)
        {
            xml.WriteStartElement("testcase");
            var hasSeveral = result.Case.Requests.Count > 1;
            xml.WriteAttributeString("name", Clean(hasSeveral ? $"{result.Case.Name}: {result.Request}" : result.Case.Name));
            xml.WriteAttributeString("classname", Clean(file.File.Name));
            xml.WriteAttributeString("file", Clean(file.File.Name));
            xml.WriteAttributeString("line", result.Case.Line.ToString(CultureInfo.InvariantCulture));
            if (!result.HasPassed)
            {
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("message", Clean(TextReport.Describe(result)));
                xml.WriteString(Clean($"{result.Request} from {result.Caller}\n{result.Explanation}"));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Count(XmlWriter xml, int tests, int failures)
    {
        xml.WriteAttributeString("tests", tests.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", failures.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>XML has no way to write most control characters.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? clean.Append('\uFFFD') : clean.Append(rune);
        }

        return clean.ToString();
    }
}
