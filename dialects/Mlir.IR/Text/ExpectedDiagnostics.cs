using System.Globalization;
using System.Text.RegularExpressions;

namespace Mlir.IR.Text;

/// <summary>The diagnostics that comments in a text announce: <c>// expected-error@+1 {{part of the message}}</c>.</summary>
/// <remarks>
/// As for mlir-opt's <c>--verify-diagnostics</c>: the kinds are <c>error</c>, <c>warning</c>, <c>remark</c> and <c>note</c>, with <c>-re</c> for a message
/// that holds regular expressions between <c>{{</c> and <c>}}</c>; the place is the comment's own line, <c>@+1</c>, <c>@-1</c>, <c>@above</c>,
/// <c>@below</c> (the nearest line without such a comment) or <c>@unknown</c>.
/// </remarks>
public sealed partial class ExpectedDiagnostics
{
    /// <summary>A diagnostic that no comment announced.</summary>
    public static readonly DiagnosticTemplate Unexpected = new(
        "MLIR1201",
        DiagnosticSeverity.Error,
        "unexpected {0}: {1}"
    );

    /// <summary>An announced diagnostic that did not come.</summary>
    public static readonly DiagnosticTemplate Missing = new(
        "MLIR1202",
        DiagnosticSeverity.Error,
        "expected {0} \"{1}\" was not produced"
    );

    /// <summary>A comment that announces nothing understandable.</summary>
    public static readonly DiagnosticTemplate Malformed = new(
        "MLIR1203",
        DiagnosticSeverity.Error,
        "malformed expectation: {0}"
    );

    private sealed record Expectation(DiagnosticSeverity Severity, string Message, Regex? Pattern, int CommentLine)
    {
        /// <summary>The line; 0 for a diagnostic without place.</summary>
        public int Line { get; set; }

        public bool Matches(Diagnostic diagnostic, int line) =>
            Severity == diagnostic.Severity
            && Line == line
            && (Pattern?.IsMatch(diagnostic.Message) ?? diagnostic.Message.Contains(Message, StringComparison.Ordinal));
    }

    private readonly List<Expectation> _expectations = [];
    private readonly List<Diagnostic> _malformed = [];
    private readonly string _fileName;

    /// <summary>Reads the comments of <paramref name="text"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">The name under which diagnostics mention the text.</param>
    /// <param name="firstLine">The number of the text's first line.</param>
    public ExpectedDiagnostics(string text, string fileName = "<string>", int firstLine = 1)
    {
        _fileName = fileName;
        var number = firstLine;
        var lastPlainLine = 0;
        var waitingForNextLine = new List<Expectation>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var content = line.ToString();
            var match = Designator().Match(content);
            if (match.Success)
            {
                Read(match, number, lastPlainLine, waitingForNextLine);
            }
            else
            {
                lastPlainLine = number;
                foreach (var expectation in waitingForNextLine)
                {
                    expectation.Line = number;
                }

                waitingForNextLine.Clear();
            }

            number++;
        }
    }

    [GeneratedRegex(
        @"//.*expected-(?<kind>error|note|remark|warning)(?<re>-re)? *(?<place>@([+-][0-9]{1,9}|above|below|unknown))? *\{\{(?<text>.*)\}\} *$"
    )]
    private static partial Regex Designator();

    [GeneratedRegex(@"\{\{(?<pattern>.*?)\}\}")]
    private static partial Regex Placeholder();

    /// <summary>How many diagnostics are announced.</summary>
    public int Count => _expectations.Count;

    private void Read(Match match, int number, int lastPlainLine, List<Expectation> waitingForNextLine)
    {
        var severity = match.Groups["kind"].Value switch
        {
            "error" => DiagnosticSeverity.Error,
            "warning" => DiagnosticSeverity.Warning,
            "remark" => DiagnosticSeverity.Remark,
            _ => DiagnosticSeverity.Note,
        };
        var message = match.Groups["text"].Value;
        Regex? pattern = null;
        if (match.Groups["re"].Success)
        {
            try
            {
                pattern = Compile(message);
            }
            catch (ArgumentException e)
            {
                _malformed.Add(Malformed.At(new FileLineColLoc(_fileName, number, 1), e.Message));
                return;
            }
        }

        var place = match.Groups["place"].Value;
        var expectation = new Expectation(severity, message, pattern, number)
        {
            Line = place switch
            {
                "" => number,
                "@unknown" => 0,
                "@above" => lastPlainLine,
                "@below" => -1,
                _ => number + int.Parse(place.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            },
        };
        if (place == "@below")
        {
            waitingForNextLine.Add(expectation);
        }

        _expectations.Add(expectation);
    }

    private static Regex Compile(string message)
    {
        // Text outside {{ }} means itself.
        var pattern = new System.Text.StringBuilder();
        var position = 0;
        foreach (Match placeholder in Placeholder().Matches(message))
        {
            pattern.Append(Regex.Escape(message[position..placeholder.Index]));
            pattern.Append('(').Append(placeholder.Groups["pattern"].Value).Append(')');
            position = placeholder.Index + placeholder.Length;
        }

        pattern.Append(Regex.Escape(message[position..]));
        return new Regex(pattern.ToString(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    /// <summary>Compares what came with what was announced; each announcement stands for one diagnostic.</summary>
    /// <returns>One diagnostic for each difference; none when all is as announced.</returns>
    public IReadOnlyList<Diagnostic> Check(IEnumerable<Diagnostic> actual)
    {
        var problems = new List<Diagnostic>(_malformed);
        var open = new List<Expectation>(_expectations);
        foreach (var diagnostic in actual.SelectMany(Flatten))
        {
            var file = diagnostic.Location.File;
            var line =
                file is null ? 0
                : file.FileName == _fileName ? file.Line
                : -2;
            var index = open.FindIndex(e => e.Matches(diagnostic, line));
            if (index >= 0)
            {
                open.RemoveAt(index);
            }
            else if (
                diagnostic.Severity != DiagnosticSeverity.Note
                || _expectations.Exists(e => e.Severity == DiagnosticSeverity.Note)
            )
            {
                // Notes are compared only where the text announces notes.
                problems.Add(Unexpected.At(diagnostic.Location, Word(diagnostic.Severity), diagnostic.Message));
            }
        }

        foreach (var expectation in open)
        {
            problems.Add(
                Missing.At(
                    new FileLineColLoc(_fileName, expectation.CommentLine, 1),
                    Word(expectation.Severity),
                    expectation.Message
                )
            );
        }

        return problems;
    }

    private static string Word(DiagnosticSeverity severity) => severity.ToString().ToLowerInvariant();

    private static IEnumerable<Diagnostic> Flatten(Diagnostic diagnostic) =>
        diagnostic.Notes.SelectMany(Flatten).Prepend(diagnostic);
}
