using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mlir.IR.Generators;

/// <summary>
/// Writes what follows from definitions: the rest of classes marked <c>[Op]</c> and <c>[Dialect]</c>, of records marked <c>[Pass]</c>, and
/// the table of methods marked <c>[Simplify]</c>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class DefinitionGenerator : IIncrementalGenerator
{
    /// <summary>The names of the incremental steps, for tests that look at caching.</summary>
    public static readonly string[] StepNames =
    [
        "Ops",
        "OpEntries",
        "Dialects",
        "Assembly",
        "Passes",
        "PassTable",
        "Simplifications",
        "SimplifyTable",
    ];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var ops = context
            .SyntaxProvider.ForAttributeWithMetadataName(
                "Mlir.IR.OpAttribute",
                static (node, _) => node is ClassDeclarationSyntax,
                OpReader.Read
            )
            .WithTrackingName("Ops");
        context.RegisterSourceOutput(ops, static (output, op) => Add(output, op, m => m.FullName, OpEmitter.Emit));

        var entries = ops.Where(static op => op.Model is not null)
            .Select(static (op, _) => new OpEntry(op.Model!.Name, op.Model.ClassName, op.Model.Namespace))
            .Collect()
            .Select(
                static (all, _) =>
                    all.OrderBy(o => o.Name, System.StringComparer.Ordinal)
                        .ThenBy(o => o.FullName, System.StringComparer.Ordinal)
                        .ToItems()
            )
            .WithTrackingName("OpEntries");
        context.RegisterSourceOutput(entries, ReportDuplicates);

        var dialects = context
            .SyntaxProvider.ForAttributeWithMetadataName(
                "Mlir.IR.DialectAttribute",
                static (node, _) => node is ClassDeclarationSyntax,
                DialectReader.Read
            )
            .WithTrackingName("Dialects");
        context.RegisterSourceOutput(
            dialects.Combine(entries),
            static (output, pair) =>
                Add(output, pair.Left, m => m.Namespace + "." + m.ClassName, m => DialectEmitter.Emit(m, pair.Right))
        );

        var assembly = context
            .CompilationProvider.Select(
                static (compilation, _) =>
                    new AssemblyModel(
                        compilation.AssemblyName ?? "Generated",
                        compilation.Assembly.GetTypeByMetadataName("Mlir.Lowering.PassRegistry") is { } registry
                            && registry.GetMembers("CreateBuiltIn").IsEmpty
                    )
            )
            .WithTrackingName("Assembly");
        InitializePasses(context, assembly);
        InitializeSimplifications(context, assembly);
    }

    private static void InitializePasses(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<AssemblyModel> assembly
    )
    {
        var passes = context
            .SyntaxProvider.ForAttributeWithMetadataName(
                "Mlir.Lowering.PassAttribute",
                static (node, _) => node is TypeDeclarationSyntax,
                PassReader.Read
            )
            .WithTrackingName("Passes");
        context.RegisterSourceOutput(
            passes,
            static (output, pass) => Add(output, pass, m => m.FullName, PassEmitter.Emit)
        );

        var table = passes
            .Where(static pass => pass.Model is not null)
            .Select(static (pass, _) => pass.Model!)
            .Collect()
            .Select(
                static (all, _) =>
                    all.OrderBy(p => p.Name, System.StringComparer.Ordinal)
                        .ThenBy(p => p.FullName, System.StringComparer.Ordinal)
                        .ToItems()
            )
            .Combine(assembly)
            .WithTrackingName("PassTable");
        context.RegisterSourceOutput(
            table,
            static (output, pair) =>
            {
                var (all, home) = pair;
                if (home.NeedsPassRegistry)
                {
                    output.AddSource("Mlir.Lowering.PassRegistry.g.cs", PassEmitter.EmitRegistry(all));
                }
                else if (home.Name != "Mlir.Lowering" && all.Count > 0)
                {
                    output.AddSource(
                        $"{home.Name}.AssemblyPasses.g.cs",
                        PassEmitter.EmitExtension(home.RootNamespace, all)
                    );
                }
            }
        );
    }

    private static void InitializeSimplifications(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<AssemblyModel> assembly
    )
    {
        var rules = context
            .SyntaxProvider.ForAttributeWithMetadataName(
                "Mlir.IR.SimplifyAttribute",
                static (node, _) => node is MethodDeclarationSyntax,
                SimplifyReader.Read
            )
            .WithTrackingName("Simplifications");
        context.RegisterSourceOutput(rules, static (output, rule) => Report(output, rule.Diagnostics));

        var table = rules
            .Where(static rule => rule.Model is not null)
            .Select(static (rule, _) => rule.Model!)
            .Collect()
            .Select(static (all, _) => all.OrderBy(r => r.Method, System.StringComparer.Ordinal).ToItems())
            .Combine(assembly)
            .WithTrackingName("SimplifyTable");
        context.RegisterSourceOutput(
            table,
            static (output, pair) =>
            {
                if (pair.Left.Count > 0)
                {
                    output.AddSource(
                        $"{pair.Right.Name}.SimplifyRules.g.cs",
                        SimplifyEmitter.Emit(pair.Right.RootNamespace, pair.Left)
                    );
                }
            }
        );
    }

    private static void Add<T>(
        SourceProductionContext output,
        Reading<T> reading,
        System.Func<T, string> name,
        System.Func<T, string?> emit
    )
        where T : class
    {
        Report(output, reading.Diagnostics);
        if (reading.Model is { } model && emit(model) is { } source)
        {
            output.AddSource(name(model).TrimStart('.') + ".g.cs", source);
        }
    }

    private static void Report(SourceProductionContext output, Items<DiagnosticInfo> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            output.ReportDiagnostic(diagnostic.ToDiagnostic());
        }
    }

    private static void ReportDuplicates(SourceProductionContext output, Items<OpEntry> ops)
    {
        for (var i = 1; i < ops.Count; i++)
        {
            if (ops[i].Name == ops[i - 1].Name)
            {
                output.ReportDiagnostic(
                    Diagnostic.Create(
                        Rules.DuplicateOp,
                        Location.None,
                        ops[i].Name,
                        ops[i - 1].FullName,
                        ops[i].FullName
                    )
                );
            }
        }
    }
}
