using System.Text;

namespace Mlir.Dataflow.Pictures;

/// <summary>Text inside XML and HTML.</summary>
internal static class PageText
{
    /// <summary>Appends a clean text so that it stands for itself, between tags and in quoted attributes.</summary>
    public static StringBuilder AppendEscaped(this StringBuilder page, string text)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '<' => page.Append("&lt;"),
                '>' => page.Append("&gt;"),
                '&' => page.Append("&amp;"),
                '"' => page.Append("&quot;"),
                '\'' => page.Append("&#39;"),
                _ => page.Append(c),
            };
        }

        return page;
    }

    /// <summary>A file that is part of this library.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(PageText).Assembly.GetManifestResourceStream($"Mlir.Dataflow.Pictures.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
