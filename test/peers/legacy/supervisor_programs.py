# Reads supervisor files with supervisord's own parser, and prints every process it would start as JSON. Accounts need not
# exist here, and a relative path is looked up in /srv/galaxy.
import json
import sys

import supervisor.options as options

options.name_to_uid = lambda name: name
options.existing_dirpath = lambda path: path

# `supervisord` refuses a file without its own section.
MAIN = '[supervisord]\n[include]\nfiles = %s\n'


def read(path, scratch):
    main = scratch + '/main.conf'
    with open(main, 'w') as handle:
        handle.write(MAIN % path)
    server = options.ServerOptions()
    server.configfile = main
    server.here = scratch
    server.default_map = {}
    try:
        server.read_config(main)
    except ValueError as error:
        return {'refused': str(error)}
    processes = {}
    for group in server.configroot.supervisord.process_group_configs:
        for one in group.process_configs:
            processes['%s:%s' % (group.name, one.name)] = {
                'command': one.command,
                'directory': one.directory,
                'umask': one.umask,
                'user': one.uid,
                'priority': one.priority,
                'autostart': one.autostart,
                'autorestart': str(one.autorestart),
                'startsecs': one.startsecs,
                'stopsignal': int(one.stopsignal),
                'stopwaitsecs': one.stopwaitsecs,
                'stopasgroup': one.stopasgroup,
                'environment': one.environment,
            }
    return {'processes': processes}


json.dump([read(path, sys.argv[1]) for path in sys.argv[2:]], sys.stdout, sort_keys=True)
