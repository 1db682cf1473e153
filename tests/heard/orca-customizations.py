"""What Orca is told before it starts: to speak into a journal, and not to read a page by itself."""
import os
import sys

sys.path.insert(0, os.path.dirname(__file__))
from orca import settings

settings.speechFactoryModules = ["journal"]
settings.speechServerFactory = "journal"
settings.speechServerInfo = None
settings.enableBraille = False
settings.enableKeyEcho = False
settings.enableTutorialMessages = False
settings.sayAllOnLoad = False
