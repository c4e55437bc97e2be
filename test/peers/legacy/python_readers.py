# Reads INI files as Galaxy's Python read them and prints what it has as JSON: with ConfigParser, keys in their case, and
# with PasteDeploy. Runs under Python 2.7, under Jython, which carries the library of 2.7, and under Python 3.
#
# Usage: python_readers.py HERE PASTE < NAMES. NAMES has a file on each line, HERE is what `%(here)s` stands for, and
# PASTE is the folder that holds PasteDeploy, "-" for the installed one, or "" to leave it out.
import json
import os
import sys
import types

TWO = sys.version_info[0] == 2
if TWO:
    from ConfigParser import ConfigParser
else:
    from configparser import ConfigParser

# Names that PasteDeploy adds itself, and the parser of Python 2.
OWN = ('here', '__file__')


def text(value):
    # Python 2 has bytes: one character stands for each, whatever their encoding.
    return value.decode('latin-1') if TWO and isinstance(value, str) else value


def open_text(path):
    return open(path) if TWO else open(path, encoding='utf-8')


def read(path, here):
    """Every option of every section as [key, value before and after expansion], or why the file is refused."""
    parser = ConfigParser()
    parser.optionxform = str
    try:
        with open_text(path) as handle:
            parser.readfp(handle) if TWO else parser.read_file(handle)
    except Exception as error:
        return {'refused': type(error).__name__}
    parser._defaults.setdefault('here', here)
    parser._defaults.setdefault('__file__', here + '/' + os.path.basename(path))
    sections = []
    for section in ['DEFAULT'] + parser.sections():
        values = parser._defaults if section == 'DEFAULT' else parser._sections[section]
        options = []
        for name in list(values):
            if name in OWN or (name == '__name__' and values[name] == section):
                continue
            try:
                value = text(parser.get(section, name))
            except Exception:
                value = None
            options.append([text(name), text(values[name]), value])
        if options or section != 'DEFAULT':
            sections.append([text(section), options])
    return {'sections': sections}


def read_supervisor(path):
    """As supervisor 4 makes its parser: two signs for comments, keys in lower case, nothing is expanded."""
    from configparser import RawConfigParser

    parser = RawConfigParser(inline_comment_prefixes=(';', '#'), strict=False)
    try:
        with open_text(path) as handle:
            parser.read_file(handle)
    except Exception as error:
        return {'refused': type(error).__name__}
    return {'sections': [[one, sorted(map(list, parser.items(one)))] for one in parser.sections()]}


def paste_loader(folder):
    """PasteDeploy without entry points and without Galaxy: their names are enough."""
    if folder != '-':
        sys.path.insert(0, folder)
        package = types.ModuleType('paste')
        package.__path__ = [os.path.join(folder, 'paste')]
        sys.modules['paste'] = package
        resources = sys.modules['pkg_resources'] = types.ModuleType('pkg_resources')
        resources.get_distribution = lambda name: None
    from paste.deploy import loadwsgi

    kinds = {'http': 'paste.server_runner', 'urlmap': 'paste.composite_factory', 'gzip': 'paste.filter_app_factory'}

    def entry_point(self, object_type, name=None):
        return None, kinds.get(name, 'paste.filter_app_factory'), name or self.name

    loadwsgi.EggLoader.find_egg_entry_point = entry_point
    loadwsgi.import_string = lambda name: None
    loadwsgi.importlib_metadata = types.ModuleType('importlib_metadata')
    loadwsgi.importlib_metadata.distribution = lambda name: None
    loadwsgi.importlib_metadata.EntryPoint = lambda **given: types.SimpleNamespace(load=lambda: None)
    return loadwsgi


def pairs(mapping, here):
    return sorted([text(name), text(value).replace(here, '/srv/galaxy/config')] for name, value in mapping.items() if name not in OWN)


def describe(context, loadwsgi, here):
    """The applications under a context, each with the path it is under, its options and the filters around it."""
    kind = context.object_type.name
    if kind == 'filtered_with':
        around = context.filter_context
        if around.object_type.name == 'filtered_with':
            # A filter with a filter of its own: the innermost one is the named filter itself.
            chain = [around.filter_context, around.next_context]
        else:
            chain = [around]
        rest = describe(context.next_context, loadwsgi, here)
        return [[path, options, filters(chain, here) + inner] for path, options, inner in rest]
    if kind == 'pipeline':
        rest = describe(context.app_context, loadwsgi, here)
        return [[path, options, filters(context.filter_contexts, here) + inner] for path, options, inner in rest]
    if kind == 'filter_app':
        rest = describe(context.next_context, loadwsgi, here)
        return [[path, options, filters([context.filter_context], here) + inner] for path, options, inner in rest]
    if context.protocol == 'paste.composite_factory':
        found = []
        for path, name in sorted(context.local_conf.items()):
            if path.startswith('/'):
                inner = context.loader.get_context(loadwsgi.APP, name, context.global_conf)
                found += [[text(path), options, rest] for _, options, rest in describe(inner, loadwsgi, here)]
        return found
    return [['/', pairs(context.local_conf, here), []]]


def filters(contexts, here):
    return [pairs(one.local_conf, here) for one in contexts]


def read_paste(path, loadwsgi):
    """`app` is the application that is served, `servers` each server by its name."""
    here = os.path.dirname(path)
    try:
        parser = ConfigParser()
        with open_text(path) as handle:
            parser.readfp(handle) if TWO else parser.read_file(handle)
    except Exception as error:
        return {'refused': type(error).__name__, 'servers': []}
    names = [one[len('server:') :] for one in parser.sections() if one.startswith('server:')]
    answer = {}
    try:
        context = loadwsgi.loadcontext(loadwsgi.APP, 'config:' + path)
        answer['app'] = describe(context, loadwsgi, here)
    except Exception as error:
        answer['refused'] = type(error).__name__
    servers = []
    for name in names:
        try:
            context = loadwsgi.loadcontext(loadwsgi.SERVER, 'config:' + path, name=name.strip())
            servers.append([text(name), pairs(context.local_conf, here)])
        except Exception:
            servers.append([text(name), None])
    answer['servers'] = servers
    return answer


def main():
    here, folder = sys.argv[1:3]
    loadwsgi = paste_loader(folder) if folder else None
    for line in sys.stdin:
        path = line.rstrip('\n')
        answer = {'python': read(path, here)}
        if not TWO:
            answer['supervisor'] = read_supervisor(path)
        if loadwsgi:
            answer['paste'] = read_paste(path, loadwsgi)
        print(json.dumps(answer, sort_keys=True))


main()
