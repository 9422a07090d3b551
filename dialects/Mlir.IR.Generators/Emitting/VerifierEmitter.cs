using System.Linq;

namespace Mlir.IR.Generators;

/// <summary>Writes <c>VerifyInvariants</c>: what the definition says about one operation.</summary>
internal static class VerifierEmitter
{
    public static void Emit(SourceWriter w, OpModel op)
    {
        w.Line();
        w.Line("/// <inheritdoc/>");
        w.Open("public override void VerifyInvariants(OpVerifier verifier)");
        var successors = op.Successors.Any(s => s.IsVariadic)
            ? $"PartCount.AtLeast({op.Successors.Count - 1})"
            : $"{op.Successors.Count}";
        var regions = op.Regions.Any(r => r.IsVariadic)
            ? $"PartCount.AtLeast({op.Regions.Count - 1})"
            : $"{op.Regions.Count}";
        w.Open(
            $"if (!SchemaChecks.HasParts(this, verifier, operands: {Count(op.Operands)}, results: {Count(op.Results)}, regions: {regions}, successors: {successors}))"
        );
        w.Line("return;");
        w.Close();
        w.Line();
        Segments(w, op.HasOperandSegments, op.OperandSegmentsSlot, op.Inherited("Operands") + ".Count", op.Operands);
        Segments(w, op.HasResultSegments, op.ResultSegmentsSlot, "OpResults.Length", op.Results);

        var needsFlag =
            op.SameType
            || op.SameOperandTypes
            || op.SameShape
            || op.Values.Any(v => v.InferredBy is not null || v.SameTypeAs is not null);
        var checks = new Checks(w, needsFlag);
        if (needsFlag)
        {
            w.Line("var valid = true;");
        }

        foreach (var value in op.Values)
        {
            Constraint(checks, op, value);
        }

        foreach (var attribute in op.Attributes)
        {
            Attribute(checks, op, attribute);
        }

        foreach (var region in op.Regions.Where(r => !r.IsVariadic && (r.MinBlocks > 0 || r.MaxBlocks > 0)))
        {
            checks.Check(
                $"!SchemaChecks.HasBlocks({region.Property}, {region.MinBlocks}, {region.MaxBlocks})",
                $"SchemaChecks.WrongBlocks(this, verifier, {region.Index}, {Names.Quote(region.Name)}, {region.MinBlocks}, {region.MaxBlocks})"
            );
        }

        Traits(checks, op);
        Equalities(checks, op);
        foreach (var value in op.Values.Where(v => v.InferredBy is not null))
        {
            Inference(checks, op, value);
        }

        w.Close();
    }

    private static void Segments(SourceWriter w, bool has, int slot, string total, Items<ValueModel> values)
    {
        if (!has)
        {
            return;
        }

        var shape = string.Concat(
            values.Select(v =>
                v.Arity switch
                {
                    Arity.One => '1',
                    Arity.Optional => '?',
                    _ => '*',
                }
            )
        );
        w.Open($"if (!SchemaChecks.HasSegments(this, verifier, {slot}, {total}, {Names.Quote(shape)}))");
        w.Line("return;");
        w.Close();
        w.Line();
    }

    private static string Count(Items<ValueModel> values)
    {
        var fixedCount = values.Count(v => v.Arity == Arity.One);
        return values.Any(v => v.Arity == Arity.Variadic) ? $"PartCount.AtLeast({fixedCount})"
            : values.Any(v => v.Arity == Arity.Optional) ? $"PartCount.Between({fixedCount}, {values.Count})"
            : fixedCount.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Constraint(Checks checks, OpModel op, ValueModel value)
    {
        if (value.Constraint is not { } constraint || constraint is "AnyType" or "Mlir.IR.AnyType")
        {
            return;
        }

        var wrong = value.IsResult ? "WrongResult" : "WrongOperand";
        var name = Names.Quote(value.Name);
        var start = PropertyEmitter.Start(op, value);
        switch (value.Arity)
        {
            case Arity.One:
                checks.Check(
                    $"!{constraint}.IsSatisfiedBy({value.Property}.Type)",
                    $"SchemaChecks.{wrong}(this, verifier, {start}, {name}, {constraint}.Description)"
                );
                break;
            case Arity.Optional:
                checks.Check(
                    $"{value.Property} is {{ }} {value.Local} && !{constraint}.IsSatisfiedBy({value.Local}.Type)",
                    $"SchemaChecks.{wrong}(this, verifier, {start}, {name}, {constraint}.Description)"
                );
                break;
            default:
                var list = value.Local;
                checks.Writer.Line($"var {list} = {value.Property};");
                checks.Writer.Open($"for (var i = 0; i < {list}.Count; i++)");
                checks.Inner(
                    $"!{constraint}.IsSatisfiedBy({list}[i].Type)",
                    $"SchemaChecks.{wrong}(this, verifier, {(start == "0" ? "i" : start + " + i")}, {name}, {constraint}.Description)"
                );
                checks.Writer.Close();
                checks.Writer.Line();
                break;
        }
    }

    private static void Attribute(Checks checks, OpModel op, AttrModel attribute)
    {
        var report =
            $"SchemaChecks.WrongAttribute(this, verifier, {attribute.Slot}, {Names.Quote(attribute.Description)})";
        var inherent = $"GetInherent({attribute.Slot})";
        var stored = Names.Local(attribute.Property, "Attr");

        // A pattern that is a bare name means the property where the class has one of that name.
        string Class(string name) => op.Members.Contains(name) ? name + " { }" : name;
        var wrong = attribute.Kind switch
        {
            AttrKind.Class when attribute.ElementType is not null =>
                $"{stored}.{(attribute.IsTyped ? "Type" : "ElementType")} != {attribute.ElementType}",
            AttrKind.Integer or AttrKind.Float => $"{stored}.Type != {attribute.ElementType}",
            AttrKind.IntegerEnum when attribute.IsFlags => $"{stored}.Type != {attribute.ElementType}",
            AttrKind.IntegerEnum =>
                $"{stored}.Type != {attribute.ElementType} || !System.Enum.IsDefined(({attribute.ValueType}){stored}.Int64)",
            AttrKind.Bool => $"{stored}.Type != IntegerType.I1",
            AttrKind.Array => $"{stored}.ElementType != {attribute.ElementType}",
            AttrKind.Type when attribute.ClassName != "IrType" => $"{stored}.Value is not {Class(attribute.ValueType)}",
            _ => null,
        };
        if (attribute is { Kind: AttrKind.Class, ClassName: "IrAttribute" })
        {
            if (attribute.IsRequired)
            {
                checks.Check($"{inherent} is null", report);
            }
        }
        else if (wrong is null)
        {
            checks.Check(
                attribute.IsRequired
                    ? $"{inherent} is not {Class(attribute.Storage)}"
                    : $"{inherent} is not (null or {Class(attribute.Storage)})",
                report
            );
        }
        else if (attribute.IsRequired)
        {
            checks.Check($"{inherent} is not {attribute.Storage} {stored} || {wrong}", report);
        }
        else
        {
            checks.Check(
                $"{inherent} is {{ }} {stored}Any && ({stored}Any is not {attribute.Storage} {stored} || {wrong})",
                report
            );
        }
    }

    private static void Traits(Checks checks, OpModel op)
    {
        if (op.SameType)
        {
            checks.Check("valid && !SchemaChecks.HasOneType(this)", "SchemaChecks.NotOneType(this, verifier)");
        }
        else if (op.SameOperandTypes)
        {
            checks.Check(
                "valid && !SchemaChecks.HasOneOperandType(this)",
                "SchemaChecks.NotOneOperandType(this, verifier)"
            );
        }

        if (op.SameShape)
        {
            checks.Check("valid && !SchemaChecks.HasOneShape(this)", "SchemaChecks.NotOneShape(this, verifier)");
        }
    }

    private static void Equalities(Checks checks, OpModel op)
    {
        if (op.SameType)
        {
            return;
        }

        foreach (var value in op.Values.Where(v => v.SameTypeAs is not null))
        {
            var other = value.SameTypeAs!;
            var otherValue = op.FindValue(other);
            if (otherValue is not null && op.SameOperandTypes && !value.IsResult && !otherValue.IsResult)
            {
                continue;
            }

            var names = $"{Names.Quote(value.Name)}, {Names.Quote(otherValue?.Name ?? op.FindAttribute(other)!.Name)}";
            var report = $"SchemaChecks.NotSameType(this, verifier, {names})";
            switch (value.Arity, otherValue?.Arity ?? Arity.One)
            {
                case (Arity.One, _):
                    checks.Check($"valid && {value.Property}.Type != {other}.Type", report);
                    break;
                case (Arity.Optional, Arity.One):
                    checks.Check(
                        $"valid && {value.Property} is {{ }} {value.Local}Same && {value.Local}Same.Type != {other}.Type",
                        report
                    );
                    break;
                case (Arity.Optional, Arity.Optional):
                    checks.Check($"valid && {value.Property}?.Type != {other}?.Type", report);
                    break;
                case (Arity.Variadic, Arity.One):
                    checks.Check($"valid && !SchemaChecks.HaveType({value.Property}, {other}.Type)", report);
                    break;
                default:
                    checks.Check($"valid && !SchemaChecks.HaveSameTypes({value.Property}, {other})", report);
                    break;
            }
        }
    }

    private static void Inference(Checks checks, OpModel op, ValueModel value)
    {
        var inference = value.InferredBy!;
        var arguments = inference.Arguments.Select(a =>
            op.FindValue(a.Part) switch
            {
                null => a.Part,
                { Arity: Arity.One } => a.AsType ? a.Part + ".Type" : a.Part,
                { Arity: Arity.Optional } => a.AsType ? a.Part + "?.Type" : a.Part,
                { IsResult: true } => $"[.. {a.Part}.Select(r => r.Type)]",
                _ => a.AsType ? $"[.. {a.Part}.Types]" : $"{a.Part}.ToArray()",
            }
        );
        var inferred = Names.Local(value.Property, "Inferred");
        checks.Writer.Open(
            $"if (valid && {inference.Method}({string.Join(", ", arguments)}) is var {inferred} && {inferred} != {value.Property}.Type)"
        );
        checks.Writer.Line(
            $"SchemaChecks.NotInferred(this, verifier, {Names.Quote(value.Name)}, {inferred}, {value.Property}.Type);"
        );
        checks.Writer.Close();
        checks.Writer.Line();
    }

    /// <summary>Writes checks; where later ones depend on earlier ones they share the flag <c>valid</c>.</summary>
    private sealed class Checks(SourceWriter writer, bool hasFlag)
    {
        public SourceWriter Writer => writer;

        public void Check(string condition, string report)
        {
            Inner(condition, report);
            writer.Line();
        }

        public void Inner(string condition, string report)
        {
            writer.Open($"if ({condition})");
            writer.Line(hasFlag ? $"valid = {report};" : $"{report};");
            writer.Close();
        }
    }
}
