using System.Collections.Generic;
using System.Linq;

namespace Mlir.IR.Generators;

/// <summary>Reads MLIR's declarative assembly format: recursive descent over its characters.</summary>
internal sealed class FormatParser
{
    private readonly string _text;
    private readonly OpModel _op;
    private int _at;

    private FormatParser(string text, OpModel op) => (_text, _op) = (text, op);

    /// <summary>The elements of <paramref name="text"/>.</summary>
    /// <exception cref="FormatError">The format is malformed.</exception>
    public static Items<FormatElement> Parse(string text, OpModel op)
    {
        var parser = new FormatParser(text, op);
        var elements = new List<FormatElement>();
        for (parser.SkipSpace(); parser._at < text.Length; parser.SkipSpace())
        {
            elements.Add(parser.ParseElement(out var anchored));
            if (anchored is { } position)
            {
                throw new FormatError(
                    Rules.BadGroup,
                    position,
                    1,
                    "'^' marks the anchor of an optional group and has no meaning outside one"
                );
            }
        }

        return elements.ToItems();
    }

    private FormatElement ParseElement(out int? anchored)
    {
        anchored = null;
        SkipSpace();
        var element = Current switch
        {
            '`' => ParseLiteral(),
            '(' => ParseGroup(),
            '$' => ParseVariable(insideType: false),
            _ => ParseDirective(),
        };
        SkipSpace();
        if (Current == '^')
        {
            anchored = _at++;
        }

        return element;
    }

    private FormatElement ParseLiteral()
    {
        var start = _at++;
        var end = _text.IndexOf('`', _at);
        if (end < 0)
        {
            throw new FormatError(Rules.FormatSyntax, start, _text.Length - start, "The literal has no closing '`'");
        }

        var text = _text.Substring(_at, end - _at);
        _at = end + 1;
        if (text.Trim().Length == 0 || text == "\\n" || text == "\n")
        {
            return new SpaceElement(
                text is "\\n" or "\n" ? "\n"
                    : text.Length == 0 ? ""
                    : " ",
                start
            );
        }

        if (!IsLiteral(text))
        {
            throw new FormatError(
                Rules.FormatSyntax,
                start,
                text.Length + 2,
                $"'{text}' is no literal: write one keyword, or one of : , = < > ( ) [ ] {{ }} -> ? + * ... a literal"
            );
        }

        return new LiteralElement(text, start);
    }

    private static bool IsLiteral(string text) =>
        text is "->" or "..." or "::"
        || (text.Length == 1 && ":,=<>()[]{}?+*|-/@#^!".IndexOf(text[0]) >= 0)
        || IsKeyword(text);

    private static bool IsKeyword(string text) =>
        (char.IsLetter(text[0]) || text[0] == '_') && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '$' or '.');

    private FormatElement ParseGroup()
    {
        var start = _at++;
        var then = ParseGroupBody(start, out var anchor);
        var otherwise = Items<FormatElement>.Empty;
        SkipSpace();
        if (Current == ':')
        {
            _at++;
            Expect('(', "'(' of the else branch");
            otherwise = ParseGroupBody(_at - 1, out var wrong);
            if (wrong >= 0)
            {
                throw new FormatError(
                    Rules.BadGroup,
                    otherwise[wrong].Position,
                    1,
                    "The anchor belongs into the first branch of the group"
                );
            }

            SkipSpace();
            if (Current == '?')
            {
                _at++;
            }
        }
        else
        {
            Expect('?', "'?' after the ')' of an optional group");
        }

        if (anchor < 0)
        {
            throw new FormatError(
                Rules.BadGroup,
                start,
                1,
                "The optional group has no anchor: put '^' after the element whose presence decides"
            );
        }

        return new GroupElement(then, otherwise, anchor, start);
    }

    private Items<FormatElement> ParseGroupBody(int start, out int anchor)
    {
        anchor = -1;
        var elements = new List<FormatElement>();
        while (true)
        {
            SkipSpace();
            if (_at >= _text.Length)
            {
                throw new FormatError(Rules.FormatSyntax, start, 1, "The '(' has no matching ')'");
            }

            if (Current == ')')
            {
                _at++;
                break;
            }

            elements.Add(ParseElement(out var anchored));
            if (anchored is { } position)
            {
                if (anchor >= 0)
                {
                    throw new FormatError(Rules.BadGroup, position, 1, "The optional group has a second anchor");
                }

                anchor = elements.Count - 1;
            }
        }

        return elements.Count > 0
            ? elements.ToItems()
            : throw new FormatError(Rules.BadGroup, start, 1, "The group is empty");
    }

    private FormatElement ParseVariable(bool insideType, bool qualified = false)
    {
        var start = _at++;
        var name = ParseWord();
        foreach (var part in _op.Parts)
        {
            if (part.Name != name && Names.Camel(part.Property) != name)
            {
                continue;
            }

            return part switch
            {
                ValueModel { IsResult: true } when !insideType => throw new FormatError(
                    Rules.FormatSyntax,
                    start,
                    _at - start,
                    $"'${name}' is a result: only its type can stand here, as 'type(${name})'"
                ),
                ValueModel value => new ValueElement(value, start),
                AttrModel attribute => new AttrElement(attribute, qualified, start),
                RegionModel region => new RegionElement(region, start),
                SuccessorModel successor => new SuccessorElement(successor, start),
                _ => throw new FormatError(Rules.FormatSyntax, start, _at - start, $"'${name}' cannot stand here"),
            };
        }

        throw new FormatError(
            Rules.UnknownVariable,
            start,
            _at - start,
            name,
            string.Join(", ", _op.Parts.Select(p => "$" + p.Name))
        );
    }

    private FormatElement ParseDirective()
    {
        var start = _at;
        var name = ParseWord(allowDash: true);
        switch (name)
        {
            case "attr-dict" or "attr-dict-with-keyword":
                return new AttrDictElement(name != "attr-dict", start);
            case "operands" or "regions" or "successors":
                return new AllElement(name, start);
            case "type":
                Expect('(', "'(' after 'type'");
                var of = ParseTyped(start);
                Expect(')', "')'");
                return new TypeElement(of, start);
            case "functional-type":
                Expect('(', "'(' after 'functional-type'");
                var inputs = ParseTyped(start);
                Expect(',', "','");
                var outputs = ParseTyped(start);
                Expect(')', "')'");
                return new FunctionalTypeElement(inputs, outputs, start);
            case "qualified":
                Expect('(', "'(' after 'qualified'");
                SkipSpace();
                var inner = Current == '$' ? ParseVariable(insideType: false, qualified: true) : ParseDirective();
                Expect(')', "')'");
                return inner;
            case "custom":
                return ParseCustom(start);
            case "":
                throw new FormatError(
                    Rules.FormatSyntax,
                    start,
                    1,
                    $"'{Current}' cannot stand here; fixed text goes between backticks"
                );
            default:
                throw new FormatError(
                    Rules.FormatSyntax,
                    start,
                    name.Length,
                    $"'{name}' is no directive (attr-dict, attr-dict-with-keyword, type, functional-type, operands, regions, successors, qualified, custom); "
                        + "fixed text goes between backticks, parts of the operation start with '$'"
                );
        }
    }

    private FormatElement ParseTyped(int start)
    {
        SkipSpace();
        if (Current == '$')
        {
            var position = _at;
            return ParseVariable(insideType: true) is ValueElement value
                ? value
                : throw new FormatError(
                    Rules.FormatSyntax,
                    position,
                    _at - position,
                    "Only operands and results have types here"
                );
        }

        var at = _at;
        return ParseWord() is "operands" or "results"
            ? new AllElement(_text.Substring(at, _at - at), at)
            : throw new FormatError(
                Rules.FormatSyntax,
                start,
                _at - start,
                "Expected an operand or result ('$name'), 'operands' or 'results'"
            );
    }

    private FormatElement ParseCustom(int start)
    {
        Expect('<', "'<' after 'custom'");
        SkipSpace();
        var name = ParseWord();
        Expect('>', "'>'");
        Expect('(', "'('");
        var arguments = new List<FormatElement>();
        for (SkipSpace(); Current != ')'; SkipSpace())
        {
            if (arguments.Count > 0)
            {
                Expect(',', "',' or ')'");
            }

            arguments.Add(ParseArgument(start));
        }

        _at++;
        return new CustomElement(name, arguments.ToItems(), start);
    }

    private FormatElement ParseArgument(int start)
    {
        SkipSpace();
        var at = _at;
        switch (Current)
        {
            case '$':
                return ParseVariable(insideType: false);
            case '"':
                var end = _text.IndexOf('"', at + 1);
                if (end < 0)
                {
                    throw new FormatError(Rules.FormatSyntax, at, 1, "The text has no closing '\"'");
                }

                _at = end + 1;
                return new TextElement(_text.Substring(at + 1, end - at - 1), at);
        }

        switch (ParseWord(allowDash: true))
        {
            case "type":
                Expect('(', "'(' after 'type'");
                var of = ParseTyped(at);
                Expect(')', "')'");
                return of is ValueElement
                    ? new TypeElement(of, at)
                    : throw new FormatError(
                        Rules.FormatSyntax,
                        at,
                        _at - at,
                        "A custom directive takes the type of one operand or result group"
                    );
            case "ref":
                Expect('(', "'(' after 'ref'");
                var inner = ParseArgument(start);
                Expect(')', "')'");
                return new RefElement(inner, at);
            default:
                throw new FormatError(
                    Rules.FormatSyntax,
                    at,
                    1,
                    "Expected '$name', 'type($name)', 'ref(…)' or a text in quotes"
                );
        }
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private string ParseWord(bool allowDash = false)
    {
        var start = _at;
        while (char.IsLetterOrDigit(Current) || Current == '_' || (allowDash && Current == '-'))
        {
            _at++;
        }

        return _text.Substring(start, _at - start);
    }

    private void Expect(char c, string what)
    {
        SkipSpace();
        if (Current != c)
        {
            throw new FormatError(
                Rules.FormatSyntax,
                _at < _text.Length ? _at : _text.Length - 1,
                1,
                $"Expected {what}"
            );
        }

        _at++;
    }
}
