# Reads INI files as PasteDeploy makes Python's parser read them, and prints what it has as JSON. Runs under Python 2.7,
# under Jython, which carries the library of 2.7, and under Python 3.
import io
import json
import sys

try:
    from ConfigParser import ConfigParser
    TWO = True
except ImportError:
    from configparser import ConfigParser
    TWO = False


def text(value):
    if TWO and isinstance(value, str):
        try:
            return value.decode('utf-8')
        except UnicodeDecodeError:
            return value.decode('latin-1')
    return value


def encoding(path):
    with io.open(path, 'rb') as handle:
        try:
            handle.read().decode('utf-8')
            return 'utf-8'
        except UnicodeDecodeError:
            return 'latin-1'


def read(path, here):
    parser = ConfigParser()
    parser.optionxform = str
    try:
        if TWO:
            handle = open(path)
        else:
            handle = io.open(path, encoding=encoding(path))
        try:
            if TWO:
                parser.readfp(handle, path)
            else:
                parser.read_file(handle, path)
        finally:
            handle.close()
    except Exception as error:
        return {'refused': type(error).__name__}
    parser._defaults.setdefault('here', here)
    parser._defaults.setdefault('__file__', here + '/galaxy.ini')
    sections = {}
    for section in ['DEFAULT'] + parser.sections():
        names = list(parser._defaults) if section == 'DEFAULT' else list(parser._sections[section])
        values = {}
        for name in names:
            if name in ('here', '__file__', '__name__'):
                continue
            raw = parser._defaults[name] if section == 'DEFAULT' else parser._sections[section][name]
            try:
                value = {'value': text(parser.get(section, name))}
            except Exception:
                value = {'error': True}
            value['raw'] = text(raw)
            values[text(name)] = value
        sections[text(section)] = values
    return {'sections': sections}


json.dump([read(path, sys.argv[1]) for path in sys.argv[2:]], sys.stdout, sort_keys=True)
