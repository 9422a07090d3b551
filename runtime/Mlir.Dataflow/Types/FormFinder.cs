using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Finds which types are forms of the same abstract type: those that say so, and those that translators connect with them or with each other.</summary>
internal sealed class FormFinder
{
    // A forest: the root of a type stands for all types connected with it.
    private readonly Dictionary<Type, Type> _parents = [];
    private readonly Dictionary<Type, AbstractType> _declared = [];

    public FormFinder(
        IReadOnlyDictionary<Type, AbstractType> abstractTypes,
        IEnumerable<ConcreteTypeDeclaration> concreteTypes
    )
    {
        foreach (var (marker, type) in abstractTypes)
        {
            _declared[Root(marker)] = type;
        }

        foreach (var declaration in concreteTypes)
        {
            Join(Root(declaration.ConcreteType.ValueType), Root(declaration.Marker));
        }
    }

    /// <summary>Makes the two types of a translator forms of one abstract type, and says why not.</summary>
    public string? Connect(Translator translator)
    {
        var (source, target) = (Root(translator.Source), Root(translator.Target));
        var from = _declared.GetValueOrDefault(source);
        var to = _declared.GetValueOrDefault(target);
        if (from is null || to is null || from == to)
        {
            Join(source, target);
            return null;
        }

        return from.Components.Contains(to.Marker!)
            ? null
            : $"the translator {translator.Signature} takes a form of {from} and gives a form of {to}: both must be forms of the same abstract type, or {to} a component of {from}";
    }

    /// <summary>The abstract type of every type that is declared or connected.</summary>
    public Dictionary<Type, AbstractType> Build()
    {
        var forms = new Dictionary<Type, AbstractType>();
        foreach (var group in _parents.Keys.ToArray().GroupBy(Root))
        {
            var type =
                _declared.GetValueOrDefault(group.Key)
                ?? new AbstractType(
                    string.Join(" | ", group.Select(TypeName.Of).Order(StringComparer.Ordinal)),
                    null,
                    ImmutableSortedDictionary<string, ImmutableArray<object>>.Empty
                );
            foreach (var form in group)
            {
                forms[form] = type;
            }
        }

        return forms;
    }

    private void Join(Type left, Type right)
    {
        if (left == right)
        {
            return;
        }

        _parents[left] = right;
        if (_declared.Remove(left, out var type))
        {
            _declared.TryAdd(right, type);
        }
    }

    private Type Root(Type type)
    {
        _parents.TryAdd(type, type);
        while (_parents[type] != type)
        {
            _parents[type] = _parents[_parents[type]];
            type = _parents[type];
        }

        return type;
    }
}
